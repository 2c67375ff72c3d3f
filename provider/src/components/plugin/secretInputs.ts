/** What is wrong with secrets among the inputs, told without any part of them. */
import { type Problem, readInputs } from "../../validate/inputs";
import { type Reveal, withKnownValues } from "./knownInputs";

const mask = "(value not shown)";

/** Problems beyond those that are known of the inputs whose secrets are left alone. */
export async function secretProblems(inputs: unknown, known: readonly Problem[]): Promise<readonly Problem[]> {
  const texts: string[] = [];
  const revealed = await withKnownValues(
    inputs,
    eachText((text) => {
      texts.push(text);
      return text;
    }),
  );
  if (texts.length === 0) {
    return [];
  }
  const masked = await withKnownValues(
    inputs,
    eachText(() => mask),
  );
  const ofMask = readInputs(masked).problems ?? [];
  return (readInputs(revealed).problems ?? [])
    .filter(({ path }) => known.every((problem) => problem.path !== path))
    .map((problem) => ofMask.find((other) => isSameMistake(problem, other)) ?? untold(problem));
}

/** The keys of a secret map would show in the paths. */
function eachText(shown: (text: string) => string): Reveal {
  return (value) => (typeof value === "string" ? shown(value) : undefined);
}

/** What is said of a text that stands for any secret tells nothing of this one. */
function isSameMistake(one: Problem, other: Problem): boolean {
  const what = ({ reason }: Problem): string | undefined => reason.split(", got ")[0];
  return one.path === other.path && what(one) === what(other);
}

function untold({ path }: Problem): Problem {
  return { path, reason: `invalid value, got a secret, which is not shown; must be as the reference says` };
}
