/**
 * What the table of operations takes from `node:crypto`, for a browser: a number from a name. Another hash (FNV-1a), so
 * the same rows have other values here than in Node.
 */
export function createHash(_algorithm: 'sha1') {
  let hash = 0x811c9dc5 | 0;
  const digest = { readInt32LE: () => hash };
  const hashing = {
    update(text: string) {
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      return hashing;
    },
    digest: () => digest,
  };
  return hashing;
}
