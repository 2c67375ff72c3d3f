/** Effects of changes on keys. Workers are told of the authority kubernetes-ca alone, control planes of all. */
import { type ChangeRow, rollsAll, row } from "../effects";
import { certificateChanged, distrusted, keyRemoved, primaryDistrusted, promoted, promotedAtOnce } from "../stops/pki";

const key = (input: string): string => `pki.keysets.*.keys.*.${input}`;

export const pkiRows: readonly ChangeRow[] = [
  row("pki.keysets", "none", "a keyset that is written out is the one that it was by default"),
  row("pki.keysets.*.keys", rollsAll, "trust bundles are in the configuration of nodes", keyRemoved),
  row(
    "pki.keysets.*.primary",
    "needs acknowledgement",
    "nodes and clients get certificates and tokens of the new key, which all others must trust by then",
    promotedAtOnce,
    promoted,
  ),
  row(key("certificate"), "refused", "a key is known by its certificate", certificateChanged),
  row(key("privateKey"), "in place", "the keyset file is written anew"),
  row(key("id"), rollsAll, "trust bundles are in the order of the ids"),
  row(
    key("distrustTimestamp"),
    rollsAll,
    "trust bundles are in the configuration of nodes",
    primaryDistrusted,
    distrusted,
  ),
  row("pki.tokens", "in place", "their files are written anew, and nothing reads them"),
];
