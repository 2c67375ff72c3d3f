/** What the guard says of a program that follows another. */
import { parse } from "yaml";
import { readInputs, type Problem } from "../../../../provider/src/validate/inputs";
import { judgeChanges } from "../../../../provider/src/validate/changes/judge";
import { Recorded } from "../../../../provider/src/validate/changes/recorded";
import { clusterShape } from "../../../../provider/src/validate/changes/shape";
import { encryptionKeys, encryptionKeysPath } from "../../../../provider/src/validate/changes/stops/encryption";
import type { ClusterInputs } from "../../../../provider/src/schema/types.gen";
import type { ProgramInputs } from "../../../support/programInputs";

/** A change that the guard stops. */
export interface Stopped {
  readonly from: ProgramInputs;
  readonly to: ProgramInputs;
  readonly path: string;
  /** Without the end that all share: for an acknowledgement, how to give it. */
  readonly reason: string;
}

export function recorded(program: ProgramInputs): Recorded {
  const { cluster, problems } = readInputs(program);
  if (cluster === undefined) throw new Error(`not a program: ${JSON.stringify(problems)}`);
  const { encryptionConfig } = program;
  const keys =
    encryptionConfig === undefined ? {} : { [encryptionKeysPath]: encryptionKeys(parse(encryptionConfig as string)) };
  return new Recorded({ ...clusterShape(cluster, (program as unknown as ClusterInputs).pki), ...keys });
}

export function problemsOfChange(
  from: ProgramInputs,
  to: ProgramInputs,
  acknowledged: readonly string[] = [],
): readonly Problem[] {
  return judgeChanges(recorded(from), recorded(to), acknowledged);
}
