/** Shares of a group's instances, as kOps's rolling update takes them. */

/** A number as it is, a percentage as text; undefined where it is neither. */
export function percentOrCount(text: string): number | string | undefined {
  if (/^[0-9]{1,4}$/.test(text)) return Number(text);
  return /^(100|[0-9]{1,2})%$/.test(text) ? text : undefined;
}
