/** A cluster as its two stores hold it. */
import { parse } from "yaml";
import type { StoreLocation } from "../../model/runtime";
import { isFields, type Fields } from "../../encode/fields";
import { fieldsOf } from "../fields";
import { AdoptionFailure } from "../failure";

export interface StoredCluster {
  readonly name: string;
  readonly stateStore: StoreLocation;
  readonly discoveryStore: StoreLocation;
  /** Text by path below the cluster's folder of the store. Holds private keys and tokens. */
  readonly state: ReadonlyMap<string, string>;
  readonly discovery: ReadonlyMap<string, string>;
  /** Of the file `config`. */
  readonly cluster: StoredObject;
  readonly groups: readonly StoredObject[];
}

/** An object of kOps's API. */
export interface StoredObject {
  /** Path of its file. */
  readonly path: string;
  readonly name: string;
  readonly metadata: Fields;
  readonly spec: Fields;
}

export const groupFolder = "instancegroup/";

export function storedObject(path: string, text: string): StoredObject {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    throw new AdoptionFailure(`the file ${path} of the state store is not YAML`);
  }
  const { apiVersion, metadata, spec } = fieldsOf(document);
  if (apiVersion !== "kops.k8s.io/v1alpha2" || !isFields(metadata) || !isFields(spec)) {
    throw new AdoptionFailure(
      `the file ${path} of the state store is no object of kOps's API kops.k8s.io/v1alpha2, got ${String(apiVersion)}`,
    );
  }
  return { path, name: String(metadata["name"]), metadata, spec };
}

/** kOps has them in the order of its types, nodeup and the component by their roles. */
export function groupsOfRole({ groups }: Pick<StoredCluster, "groups">, ...roles: readonly string[]) {
  return groups.filter(({ spec }) => roles.includes(String(spec["role"])));
}

/** Names of kOps and of its API's later version. */
export const controlPlaneRoles = ["Master", "ControlPlane"] as const;
