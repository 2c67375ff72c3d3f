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
import { taggedFinders, taggedLists } from "./tagged";

/** By type token: every type of which kOps makes resources too. `tagged`: where somebody else needs these lists as well. */
export function finders(place: Place, tagged = taggedLists(place)): Finders {
  return {
    ...taggedFinders(place, tagged),
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
