/** The one-time code in the address's fragment. It is gone from the address afterwards. */
export function takeCode(): string | null {
  const { hash, pathname, search } = window.location;
  const code = new URLSearchParams(hash.slice(1)).get('code');
  if (code !== null) window.history.replaceState(window.history.state, '', pathname + search);
  return code;
}
