import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { CheckFailure, DiffResult } from "@pulumi/pulumi/provider";
import { guardToken } from "../model/tokens";
import { accountIn, accountProperty, otherAccount, requireAccount } from "./aws/account";
import type { AwsSettings } from "./aws/awsSettings";
import { judgeChanges } from "../validate/changes/judge";
import { Recorded } from "../validate/changes/recorded";
import type { ClusterShape } from "../validate/changes/shape";
import { keysAcknowledgement } from "../validate/changes/stops/store";
import { takenOverPath } from "../validate/changes/stops/versions";
import type { ChangedKey, Findings, LookupProblem } from "../validate/lookups";
import type { Problem } from "../validate/report/report";
import { importedGuard, importedShape } from "./importedGuard";
import {
  isSecret,
  isUnknown,
  revealed,
  text,
  type Checked,
  type Operation,
  type Properties,
} from "./operation/operation";

/**
 * Holds the cluster as it was last applied, by the paths of its inputs. Nothing else of the cluster is registered before its
 * check has compared that with what the program describes now, so a refused change leaves everything as it was.
 */
export const guard: Operation = {
  check: (urn, olds, news): Checked => {
    const { acknowledge, findings, ...described } = news;
    const { problems, changedKeys, account } = findingsIn(findings);
    const recordedAccount = accountIn(olds);
    if (recordedAccount !== undefined && account !== undefined && recordedAccount !== account) {
      const reason = otherAccount(recordedAccount, account, "the update would create a second cluster");
      return { inputs: described, failures: [failure({ path: "", reason })] };
    }
    // Of a cluster that an earlier release recorded, it is filled in; where nobody answers, it stays.
    const inputs = withAccount(described, account ?? recordedAccount);
    const isTakenIn = takenIn(olds, inputs);
    const { [foreignKeys]: accepted, ...others } = olds;
    const before = isTakenIn ? importedShape(others) : others;
    const unknown = isTakenIn ? [] : changedKeys.filter((key) => !isAccepted(key, accepted));
    const found = [
      ...sameName(urn, inputs),
      ...foundProblems(problems, Object.keys(olds).length === 0),
      ...judgeChanges(
        recorded(before),
        recorded({ ...inputs, [keysAcknowledgement]: unknown.map(({ file }) => file) }),
        Array.isArray(acknowledge) ? acknowledge.map(String) : [],
      ),
    ];
    const foreign = isTakenIn
      ? Object.fromEntries(changedKeys.map(({ file, lastModified }) => [file, lastModified]))
      : accepted;
    return {
      inputs: { ...inputs, ...(foreign === undefined ? {} : { [foreignKeys]: foreign }) },
      failures: found.map(failure),
    };
  },
  // Together with the cluster's resources: the guard of a cluster that this stack did not create, and has never updated.
  imported: importedGuard,
  diff: (olds, news): DiffResult => ({ changes: !isDeepStrictEqual(olds, news) }),
  // With the credentials of another account, a refresh takes the cluster's resources for deleted.
  read: async (properties, run) => {
    await requireAccount(properties, run, refreshed);
    return properties;
  },
  create: (inputs) => Promise.resolve({ id: text(inputs, "clusterName"), outs: inputs }),
  update: (_olds, news) => Promise.resolve({ outs: news }),
  delete: () => Promise.resolve(),
};

const refreshed = "the refresh would take it for deleted";

/**
 * Of a cluster that was taken over: the keys that kOps wrote, with their times. An update that fails before it has marked
 * them as its own leaves them; the next one goes on, unless kOps has written one since.
 */
const foreignKeys = "foreignKeys";

function isAccepted({ file, lastModified }: ChangedKey, accepted: unknown): boolean {
  const time = (accepted as Readonly<Record<string, unknown>> | undefined)?.[file];
  // Where nothing tells the time, nothing tells one object from another.
  return time !== undefined && time !== "" && time === lastModified;
}

/** Its keys are kOps's; but no other cluster's. */
function takenIn(olds: Properties, inputs: Properties): boolean {
  return olds[takenOverPath] === true && text(olds, "clusterName") === text(inputs, "clusterName");
}

/** The engine would show the value at the path among the guard's own inputs, where most paths are not. */
function failure({ path, reason }: Problem): CheckFailure {
  return { property: "", reason: path === "" ? reason : `${path}: ${reason}` };
}

/** The guard of each cluster that this process checked: an engine starts a process for each of its runs. */
const guards = new Map<string, string>();

function sameName(urn: string, inputs: Properties): readonly Problem[] {
  const name = text(inputs, "clusterName");
  const key = `${urn.split("::").slice(0, 2).join("::")} ${name}`;
  const other = guards.get(key) ?? urn;
  guards.set(key, other);
  const reason = `duplicate cluster name ${JSON.stringify(name)}; ${logicalName(other)} in the same program has that name`;
  return other === urn ? [] : [{ path: "clusterName", reason }];
}

/** Of the component that a guard belongs to. */
function logicalName(urn: string): string {
  return JSON.stringify(urn.slice(urn.lastIndexOf("::") + "::".length).replace(/-guard$/, ""));
}

/** Of the component's own making; they are not recorded. */
function findingsIn(value: unknown): Findings {
  const given = typeof value === "object" && value !== null ? (value as Partial<Findings>) : {};
  const { problems = [], changedKeys = [], account } = given;
  return { problems, changedKeys, ...(account === undefined || account === "" ? {} : { account }) };
}

function withAccount(inputs: Properties, account: string | undefined): Properties {
  return account === undefined ? inputs : { ...inputs, [accountProperty]: account };
}

/** Some only matter to a cluster that does not exist yet. */
function foundProblems(problems: readonly LookupProblem[], isNew: boolean): readonly Problem[] {
  return problems.filter(({ whenNew }) => isNew || whenNew !== true);
}

function recorded(properties: Properties): Recorded {
  const known = Object.entries(properties).flatMap(([path, value]) => {
    const plain = withoutUnknowns(revealed(value));
    return plain === undefined ? [] : [[path, plain] as const];
  });
  const secrets = Object.keys(properties).filter((path) => isSecret(properties[path]));
  return new Recorded(Object.fromEntries(known), new Set(secrets));
}

function withoutUnknowns(value: unknown): unknown {
  if (isUnknown(value)) return undefined;
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutUnknowns(revealed(inner))] as const),
  );
}

export interface GuardArgs {
  readonly shape: ClusterShape;
  readonly acknowledge: readonly string[];
  /** What look-ups in AWS found. */
  readonly findings: pulumi.Input<Findings>;
  /** Of the stack's AWS provider. */
  readonly aws: pulumi.Input<AwsSettings | undefined>;
}

/** The resource as the component declares it: before every other, which all wait for it. */
export class ClusterGuard extends pulumi.CustomResource {
  /** The AWS account that the cluster is in. */
  declare readonly account: pulumi.Output<string | undefined>;

  constructor(name: string, { shape, acknowledge, findings, aws }: GuardArgs, options: pulumi.CustomResourceOptions) {
    const inputs = { ...shape, acknowledge: [...acknowledge], findings, aws };
    super(guardToken, name, { ...inputs, [accountProperty]: undefined }, options);
  }
}
