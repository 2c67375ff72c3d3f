import { dnsFinders } from "./dns";
import { eventFinders } from "./events";
import type { Finders, Place } from "./found";
import { iamFinders } from "./iam";
import { instanceFinders } from "./instances";
import { keyPairFinders } from "./keyPairs";
import { loadBalancerFinders } from "./loadBalancers";
import { networkFinders } from "./network";
import { ruleFinders } from "./rules";
import { storeFinders } from "./stores";
import { taggedFinders } from "./tagged";

/** By type token: every type of which kOps makes resources too. */
export function finders(place: Place): Finders {
  return {
    ...taggedFinders(place),
    ...networkFinders(place),
    ...ruleFinders(place),
    ...instanceFinders(place),
    ...keyPairFinders(place),
    ...loadBalancerFinders(place),
    ...eventFinders(place),
    ...iamFinders(place),
    ...storeFinders(place),
    ...dnsFinders(place),
  };
}
