/** Cron schedules as Karpenter's parser reads them: five fields or a descriptor, without a time zone. */

interface Field {
  readonly least: number;
  readonly most: number;
  /** Names of the values from `least` on. */
  readonly names: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Minute, hour, day of the month, month, day of the week. */
const fieldsOfSchedule: readonly Field[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: months },
  { least: 0, most: 6, names: weekdays },
];

export function isCronSchedule(text: string): boolean {
  if (/^@(annually|yearly|monthly|weekly|daily|midnight|hourly)$/.test(text)) {
    return true;
  }
  const given = text.trim().split(/\s+/);
  return (
    given.length === fieldsOfSchedule.length && given.every((part, index) => isField(part, fieldsOfSchedule[index]))
  );
}

function isField(text: string, field: Field | undefined): boolean {
  return field !== undefined && text.split(",").every((part) => isRange(part, field));
}

/** `*`, `?`, a value or two with a dash, each with an optional step. */
function isRange(text: string, field: Field): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9][0-9]{0,3}$/.test(step))) {
    return false;
  }
  if (range === "*" || range === "?") {
    return true;
  }
  const bounds = range.split("-").map((bound) => valueOf(bound, field));
  const [first, last = first] = bounds;
  return bounds.length <= 2 && first !== undefined && last !== undefined && first <= last;
}

function valueOf(text: string, { least, most, names }: Field): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? least + named : /^[0-9]{1,2}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
