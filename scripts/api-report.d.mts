/** The report of the public surface, and the types in signatures that no door exports. */
export function apiReport(): { readonly text: string; readonly missing: readonly string[] };
