/** Capacity reservations that a group may use. */
import type { ResolvedKarpenterGroup, ResolvedNodePool } from "../../model/cluster";
import type { CapacityReservationTerm } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { pattern } from "../kit/formats";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the limits and patterns below */
const mostTerms = 30;
const mostTags = 20;
const reservationId = pattern("capacity reservation id", /^cr-[0-9a-z]+$/, "an id such as cr-0123456789abcdef0");
const accountId = pattern("account id", /^[0-9]{12}$/, "the 12 digits of an AWS account");
const otherFields = ["ownerId", "tags", "instanceMatchCriteria"] as const;

export function checkReservations(
  path: string,
  terms: readonly CapacityReservationTerm[] | undefined,
  checks: Checks,
): void {
  checks.fewerThan(path, terms?.length ?? 0, mostTerms, "terms");
  for (const [term, termPath] of checks.items(path, terms)) {
    checkTerm(termPath, term, checks);
  }
}

function checkTerm(path: string, term: CapacityReservationTerm, checks: Checks): void {
  const { id, ownerId, tags, instanceMatchCriteria } = term;
  checks.matches(`${path}.id`, id, reservationId);
  checks.matches(`${path}.ownerId`, ownerId, accountId);
  checkSelectorTags(`${path}.tags`, tags, checks);
  if (id === undefined && instanceMatchCriteria === undefined && Object.keys(tags ?? {}).length === 0) {
    checks.report.add(path, "selects no reservation; set id, tags or instanceMatchCriteria");
  }
  if (id !== undefined) {
    for (const field of otherFields) {
      checks.conflictsWith(`${path}.${field}`, term[field], `${path}.id`, true);
    }
  }
}

function checkSelectorTags(path: string, tags: CapacityReservationTerm["tags"], checks: Checks): void {
  const entries = fields(path, tags);
  checks.fewerThan(path, entries.length, mostTags, "tags");
  for (const [key, value, tagPath] of entries) {
    if (key === "" || value === "") {
      checks.problem(tagPath, "empty tag", `${key}=${value}`, "must have a key, and a value or *");
    }
  }
}

/** A pool of reserved capacity alone would wait for a reservation that nothing selects. */
export function checkReservedPool(
  path: string,
  { declared }: ResolvedNodePool,
  group: ResolvedKarpenterGroup,
  groupPath: string,
  checks: Checks,
): void {
  for (const [capacityType, typePath] of checks.items(`${path}.capacityTypes`, declared.capacityTypes)) {
    const termsPath = `${groupPath}.capacityReservationSelectorTerms`;
    if (capacityType === "reserved" && group.capacityReservations.length === 0 && checks.report.isUsable(termsPath)) {
      const rule = `${termsPath} must select the reservations`;
      checks.problem(typePath, "reserved capacity without reservations", capacityType, rule);
    }
  }
}
