/** Keysets: which keys each has, and which of them signs. */
import { compareCodeUnits } from "../encode/natural";
import type { ResolvedKey, ResolvedKeyset } from "../model/cluster";
import { initialKey } from "../model/keysets";
import { keysetNames, type KeysetName } from "../model/runtime";
import type { Keyset, KeysetKey, Pki } from "../schema/types.gen";

export function resolveKeysets(pki: Pki): Readonly<Record<KeysetName, ResolvedKeyset>> {
  const keysets = keysetNames.map((name) => [name, resolveKeyset(pki.keysets?.[name] ?? {})] as const);
  return Object.fromEntries(keysets) as Record<KeysetName, ResolvedKeyset>;
}

function resolveKeyset({ keys = { [initialKey]: {} }, primary = initialKey }: Keyset): ResolvedKeyset {
  const sorted = Object.entries(keys).sort(([left], [right]) => compareCodeUnits(left, right));
  return { primary, keys: sorted.map(([name, key]) => resolveKey(name, key)) };
}

function resolveKey(name: string, { id, certificate, privateKey, distrustTimestamp }: KeysetKey): ResolvedKey {
  const isGiven = certificate !== undefined || privateKey !== undefined;
  return {
    name,
    id,
    origin: isGiven ? "given" : "created",
    hasPrivateKey: !isGiven || privateKey !== undefined,
    distrustTimestamp,
  };
}
