import { show, showList } from "../report/display";
import { misplacedKeys } from "./misplaced";
import { nearest } from "./nearest";

/** What is wrong with a key that is not one of those that are allowed. */
export function unknownKey(key: string, allowed: readonly string[]): string {
  const misplaced = Object.hasOwn(misplacedKeys, key) ? misplacedKeys[key] : undefined;
  if (misplaced !== undefined) {
    return misplaced;
  }
  const guess = nearest(key, allowed);
  return guess === undefined
    ? `unknown key ${show(key)}; must be one of ${showList(allowed)}`
    : `unknown key ${show(key)}; did you mean ${JSON.stringify(guess)}?`;
}
