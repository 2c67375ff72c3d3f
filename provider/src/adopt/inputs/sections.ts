/** Sections of kOps's specs that the component takes by kOps's own names: what of them it carries. */
import { schemaShape } from "../../schema/shape.gen";
import { clusterVerdicts } from "../../validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../validate/spec/groupVerdicts";
import { objection, verdictOf, type Verdicts } from "../../validate/spec/verdict";
import { isFields, type Fields } from "../../encode/fields";
import { present } from "../fields";

export function clusterSections(spec: Fields): Fields | undefined {
  const { etcdClusters, ...others } = carriedSections(spec, "ClusterSpec", clusterVerdicts) ?? {};
  // An etcd cluster of whose settings none is carried says nothing more.
  return present({ ...others, etcdClusters });
}

export function groupSections(spec: Fields, input: string): Fields | undefined {
  const verdicts = input.startsWith("controlPlane.") ? controlPlaneVerdicts : nodeGroupVerdicts;
  return carriedSections(spec, "InstanceGroupSpec", verdicts);
}

function carriedSections(spec: Fields, type: string, verdicts: Verdicts): Fields | undefined {
  const sections = Object.keys(schemaShape.objects[type] ?? {});
  return present(
    Object.fromEntries(sections.map((section) => [section, carried(spec[section], section, verdicts)] as const)),
  );
}

/** Undefined where nothing of it is. What is left out either has an input of its own, or differs and is reported. */
function carried(value: unknown, place: string, verdicts: Verdicts): unknown {
  if (value === undefined || objection(verdictOf(place, verdicts)) !== undefined) return undefined;
  if (Array.isArray(value)) return value.map((each) => carried(each, place, verdicts));
  if (!isFields(value)) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, carried(each, `${place}.${key}`, verdicts)] as const);
  const kept = fields.filter(([, each]) => each !== undefined);
  return kept.length === 0 && fields.length > 0 ? undefined : Object.fromEntries(kept);
}
