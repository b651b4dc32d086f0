/**
 * The links of a Markdown text and the anchors it offers, as GitHub makes them.
 */

/** Without fenced blocks and code in the line: what stands there is shown, not followed. */
const prose = (markdown: string): string =>
  markdown.replace(/^(`{3,}).*\n(?:.*\n)*?\1$/gm, '').replace(/<!--[\s\S]*?-->/g, '');

export function linksOf(markdown: string): string[] {
  const text = prose(markdown).replace(/`[^`\n]*`/g, 'code');
  const written = text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g);
  const html = text.matchAll(/<(?:img|source|a)\b[^>]*?\b(?:src|srcset|href)="([^"]+)"/g);
  return [...written, ...html].map(([, target]) => target);
}

/** The headings' names in the address bar, with -1, -2 for those that come again, and names given by hand. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  const headings = [...prose(markdown).matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm)].map(([, heading]) => {
    const name = slug(heading);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  });
  const given = [...prose(markdown).matchAll(/<a [^>]*?\b(?:id|name)="([^"]+)"/g)].map(([, name]) => name);
  return [...headings, ...given];
}

const slug = (heading: string): string =>
  heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');
