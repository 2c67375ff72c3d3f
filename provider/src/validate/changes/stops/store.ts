/** Keys in the state store that are not those of the last update. */
import type { Stop } from "../effects";
import { showSome } from "../recorded";

/** Not an input: what it stands for is in the store. */
export const keysAcknowledgement = "stateStore.keys";

export const keysChanged: Stop = {
  effect: "needs acknowledgement",
  when: "if kOps has changed the keys in it",
  at: keysAcknowledgement,
  find: (_old, next) => {
    const changed = next.list(keysAcknowledgement);
    return changed.length === 0
      ? []
      : [
          {
            path: keysAcknowledgement,
            change: `${showSome(changed)} written by kOps or another program`,
            why: "an update may put the component's own keys back, and nodes that trust only the others lose the API; to keep the others, continue with kOps, or restore the earlier versions of the objects",
          },
        ];
  },
};
