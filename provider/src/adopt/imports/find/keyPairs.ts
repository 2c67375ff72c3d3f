import type { KeyPairInfo } from "@aws-sdk/client-ec2";
import type { AwsClients } from "../clients";
import type { Inputs } from "../registrations";
import { only, text, unlessAbsent, type Finder, type Finders, type ImportedState, type Place } from "./found";

/**
 * With the state of a key pair whose key is the program's. AWS's provider does not ask for the key, so in the state that it
 * reads, the key of the program would be another one, and another key replaces the pair.
 */
export function keyPairFinders({ aws }: Place): Finders {
  const keyPair: Finder = async (inputs) => {
    const name = text(inputs, "keyName") ?? "";
    const asked = { KeyNames: [name], IncludePublicKey: true };
    const { KeyPairs = [] } = (await unlessAbsent(aws.ec2.describeKeyPairs(asked))) ?? {};
    const [first] = KeyPairs;
    const state = first === undefined ? undefined : await stateOf(first, name, inputs, aws);
    return only(KeyPairs, `key pair ${name}`, () => ({ id: name, ...(state === undefined ? {} : { state }) }));
  };
  return { "aws:ec2/keyPair:KeyPair": keyPair };
}

async function stateOf(
  { PublicKey, KeyFingerprint, KeyPairId, KeyType, Tags = [] }: KeyPairInfo,
  keyName: string,
  inputs: Inputs,
  { ec2, sts }: AwsClients,
): Promise<ImportedState | undefined> {
  const publicKey = text(inputs, "publicKey");
  if (publicKey === undefined || keyOf(publicKey) !== keyOf(PublicKey ?? "")) return undefined;
  const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const [{ Arn = "", Account = "" }, region] = await Promise.all([sts.getCallerIdentity({}), ec2.config.region()]);
  const partition = Arn.split(":")[1] ?? "aws";
  const known = { keyName, publicKey, tags };
  const outputs = {
    ...known,
    id: keyName,
    region,
    arn: `arn:${partition}:ec2:${region}:${Account}:key-pair/${keyName}`,
    fingerprint: KeyFingerprint,
    keyPairId: KeyPairId,
    keyType: KeyType,
    tagsAll: tags,
  };
  return { inputs: known, outputs };
}

/** Without the comment, which AWS replaces by the name of the pair. */
function keyOf(publicKey: string): string {
  return publicKey.trim().split(/\s+/).slice(0, 2).join(" ");
}
