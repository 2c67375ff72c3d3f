/** Inputs without those that say what is so anyway. */
import { isFields, type Fields } from "../../encode/fields";

type Step = string | number;

/**
 * Each input that changes nothing when it is left out is left out. `sameWithout` judges the whole: a default may depend on
 * other inputs.
 */
export function minimalInputs(
  inputs: Fields,
  kept: readonly string[],
  sameWithout: (inputs: Fields) => boolean,
): Fields {
  let best = inputs;
  const reduce = (path: readonly Step[], value: unknown): void => {
    const shorter = without(best, path) as Fields;
    if (sameWithout(shorter)) {
      best = shorter;
      return;
    }
    // From the end, so that the places of those before stay what they are.
    const below = Array.isArray(value) ? value.map((item, index) => [index, item] as const).reverse() : entries(value);
    for (const [step, item] of below) {
      if (isFields(item) || !Array.isArray(value)) reduce([...path, step], item);
    }
  };
  for (const [name, value] of Object.entries(inputs)) {
    if (!kept.includes(name)) reduce([name], value);
  }
  return best;
}

function entries(value: unknown): readonly (readonly [Step, unknown])[] {
  return isFields(value) ? Object.entries(value) : [];
}

function without(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_item, index) => index !== step)
      : value.map((item: unknown, index) => (index === step ? without(item, rest) : item));
  }
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (key !== step) return [[key, item]];
      return rest.length === 0 ? [] : [[key, without(item, rest)]];
    }),
  );
}
