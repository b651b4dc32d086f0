// How ts-node turns a .ts file into JavaScript: by TypeScript, the first time; by what was kept in
// node_modules/.cache after that, as long as the file is the same. A script that uses all of core/ then starts in a
// third of the time.
'use strict';

const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const ts = require('typescript');

const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'transpiled');

const hash = (text) => createHash('sha1').update(text).digest('hex');

/** Called by ts-node, which names it in tsconfig.json. */
exports.create = ({ service: { config } }) => {
  const { configFilePath: _, ...compilerOptions } = config.options;
  const settings = JSON.stringify([ts.version, compilerOptions]);
  return {
    transpile(code, { fileName }) {
      const entry = join(CACHE, hash(fileName)); // one for each file, replaced when the file changes
      const key = hash(settings + code);
      const kept = read(entry);
      if (kept?.key === key) return kept;
      const made = ts.transpileModule(code, { fileName, compilerOptions, reportDiagnostics: true });
      if (made.diagnostics.length === 0) keep(entry, { key, ...made });
      return made;
    },
  };
};

function read(entry) {
  try {
    return JSON.parse(readFileSync(entry, 'utf8'));
  } catch {
    return undefined; // nothing kept yet
  }
}

/** In one move, because two scripts may start at the same time. */
function keep(entry, content) {
  try {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(`${entry}.${process.pid}`, JSON.stringify(content));
    renameSync(`${entry}.${process.pid}`, entry);
  } catch {
    // a read-only folder only costs time
  }
}
