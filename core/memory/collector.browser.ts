/** In a browser nobody can ask for a collection: what the engine has collected by itself is what can be swept. */
export function collectGarbage(): void {}
