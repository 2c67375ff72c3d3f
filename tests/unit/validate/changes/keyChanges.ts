/** Steps of a key's rotation, in the right order and in others. */
import { certificate, privateKey } from "../../../support/changes";
import type { ProgramInputs } from "../../../support/programInputs";
import type { Stopped } from "./judged";

const distrustTimestamp = "2027-03-01T12:00:00Z";
/** The keys of the cluster's authority. */
export const authority = (keys: object, primary = "initial"): ProgramInputs => ({
  pki: { keysets: { "kubernetes-ca": { keys, primary } } },
});
const keysPath = "pki.keysets.kubernetes-ca.keys";
export const primaryPath = "pki.keysets.kubernetes-ca.primary";

export const refusedOfKeys: Readonly<Record<string, Stopped>> = {
  "a trusted key removed": {
    from: authority({ initial: {}, "2027": {} }),
    to: {},
    path: `${keysPath}.2027`,
    reason:
      'key "2027" removed is refused: certificates and tokens that it signed would be refused at once; keep it; promote another key, set its distrustTimestamp in a later update, and remove it after that',
  },
  "a key promoted in the update that adds it": {
    from: {},
    to: authority({ initial: {}, "2027": {} }, "2027"),
    path: primaryPath,
    reason:
      '"initial" to "2027" is refused: no node trusts the new key yet, so what it signs would be refused; keep the primary key, add the other in this update, and promote it when every node has been replaced',
  },
  "a key promoted in the update that trusts it again": {
    from: authority({ initial: {}, "2027": { distrustTimestamp } }),
    to: authority({ initial: {}, "2027": {} }, "2027"),
    path: primaryPath,
    reason:
      '"initial" to "2027" is refused: no node trusts the new key yet, so what it signs would be refused; keep the primary key, add the other in this update, and promote it when every node has been replaced',
  },
  "a key distrusted in the update that promotes another": {
    from: authority({ initial: {}, "2027": {} }),
    to: authority({ initial: { distrustTimestamp }, "2027": {} }, "2027"),
    path: `${keysPath}.initial.distrustTimestamp`,
    reason:
      'key "initial" distrusted is refused: all certificates and tokens in use are signed by it; promote another key first, and distrust this one when every node has been replaced',
  },
  "another certificate for a key": {
    from: authority({ initial: {}, own: { certificate: certificate("a") } }),
    to: authority({ initial: {}, own: { certificate: certificate("b") } }),
    path: `${keysPath}.own.certificate`,
    reason:
      'another certificate for key "own" is refused: no node trusts the new one yet, and the old one would be trusted no longer; give the new certificate as a further key of the keyset',
  },
  "a certificate for a key that the component created": {
    from: {},
    to: authority({ initial: { certificate: certificate("a"), privateKey: privateKey("a") } }),
    path: `${keysPath}.initial.certificate`,
    reason:
      'another certificate for key "initial" is refused: no node trusts the new one yet, and the old one would be trusted no longer; give the new certificate as a further key of the keyset',
  },
};

export const acknowledgedOfKeys: Readonly<Record<string, Stopped>> = {
  "a key promoted": {
    from: authority({ initial: {}, "2027": {} }),
    to: authority({ initial: {}, "2027": {} }, "2027"),
    path: primaryPath,
    reason:
      '"initial" to "2027" needs acknowledgement: every node must have been replaced since the update that added the key; a node from before does not trust it, and loses the API',
  },
  "a key distrusted": {
    from: authority({ initial: {}, "2027": {} }, "2027"),
    to: authority({ initial: { distrustTimestamp }, "2027": {} }, "2027"),
    path: `${keysPath}.initial.distrustTimestamp`,
    reason:
      'key "initial" distrusted needs acknowledgement: every node must have been replaced since the update that promoted the other key; certificates, kubeconfigs and tokens that this key signed are refused from now on',
  },
};

export const allowedOfKeys: Readonly<Record<string, readonly [from: ProgramInputs, to: ProgramInputs]>> = {
  "a key added": [{}, authority({ initial: {}, "2027": {} })],
  "a key trusted again": [
    authority({ initial: {}, "2027": { distrustTimestamp } }),
    authority({ initial: {}, "2027": {} }),
  ],
  "a distrusted key removed": [
    authority({ initial: { distrustTimestamp }, "2027": {} }, "2027"),
    authority({ "2027": {} }, "2027"),
  ],
  "another time of a distrusted key": [
    authority({ initial: {}, "2027": { distrustTimestamp } }),
    authority({ initial: {}, "2027": { distrustTimestamp: "2026-01-01T00:00:00Z" } }),
  ],
};
