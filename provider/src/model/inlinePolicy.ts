/**
 * The user's own policy for a service account. kOps stores its statements and writes the document from what it knows
 * of a statement (kops pkg/model/iam/types.go:32), so only that much can be accepted.
 */
import { isFields } from "../encode/fields";
import { inlinePolicyLimit } from "./aws";
import { policyText, sortedSet, type Statement } from "./policyDocument";

const knownKeys = ["Sid", "Effect", "Action", "Resource", "Condition"];

type Reading = { readonly statements: readonly Statement[] } | { readonly problem: string };

/** What is wrong with a policy document; undefined when nothing is. */
export function inlinePolicyProblem(text: string): string | undefined {
  const reading = read(text);
  if ("problem" in reading) {
    return reading.problem;
  }
  return policySizeProblem([policyText(reading.statements)]);
}

/** The document as kOps writes it. */
export function inlinePolicyDocument(text: string): string {
  return policyText(statementsOf(text));
}

/** What kOps's `iam.serviceAccountExternalPermissions[].aws.inlinePolicy` holds: the statements alone, as JSON. */
export function inlinePolicyStatements(text: string): string {
  return JSON.stringify(statementsOf(text));
}

/** What is wrong with kOps's form of a further policy, a list of statements; undefined when nothing is. */
export function statementsProblem(text: string): string | undefined {
  const list = parse(text);
  return Array.isArray(list)
    ? inlinePolicyProblem(JSON.stringify({ Statement: list }))
    : "must be a list of statements in JSON";
}

/** The document of such a list, as kOps writes it. */
export function additionalPolicyDocument(text: string): string {
  const problem = statementsProblem(text);
  // A plain value was checked with the other inputs; only one that was an output until now gets here.
  if (problem !== undefined) throw new Error(`an additional policy ${problem}`);
  return inlinePolicyDocument(JSON.stringify({ Statement: parse(text) }));
}

/** AWS counts all inline policies of a role together, without white space. */
export function policySizeProblem(documents: readonly string[]): string | undefined {
  const size = documents.reduce((total, text) => total + JSON.stringify(JSON.parse(text)).length, 0);
  return size > inlinePolicyLimit
    ? `a role's inline policies may have ${inlinePolicyLimit} characters without white space, these have ${size}`
    : undefined;
}

function statementsOf(text: string): readonly Statement[] {
  const reading = read(text);
  if ("problem" in reading) {
    // A plain value was checked with the other inputs; only one that was an output until now gets here.
    throw new Error(`an inline policy ${reading.problem}`);
  }
  return reading.statements;
}

function read(text: string): Reading {
  const document = parse(text);
  if (!isFields(document) || !("Statement" in document)) {
    return { problem: "must be a policy document in JSON: an object with Version and Statement" };
  }
  const given: readonly unknown[] = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  if (given.length === 0) {
    return { problem: "must have at least one statement" };
  }
  const problem = given.map(statementProblem).find((found) => found !== undefined);
  return problem === undefined
    ? { statements: given.map((statement) => kopsStatement(statement as Given)) }
    : { problem };
}

interface Given {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: NonNullable<Statement["Condition"]>;
}

function statementProblem(statement: unknown, index: number): string | undefined {
  const where = `statement ${index + 1}`;
  if (!isFields(statement)) {
    return `${where} must be an object`;
  }
  const unknown = Object.keys(statement).filter((key) => !knownKeys.includes(key));
  if (unknown.length > 0) {
    return `${where} must have only ${knownKeys.join(", ")}, which is all that kOps keeps; got ${unknown.join(", ")}`;
  }
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    return `${where} must have the Effect Allow or Deny`;
  }
  if (!isOneOrMany(statement.Action) || !isOneOrMany(statement.Resource)) {
    return `${where} must have Action and Resource, each a string or a list of strings`;
  }
  return "Condition" in statement && !isCondition(statement.Condition)
    ? `${where} must have a Condition of operators, each with keys and their values`
    : undefined;
}

/** `{"StringEquals": {"aws:PrincipalTag/team": "web"}}`; kOps keeps it as it is. */
function isCondition(condition: unknown): boolean {
  return (
    isFields(condition) &&
    Object.values(condition).every(
      (operator) => isFields(operator) && Object.values(operator).every((values) => isConditionValue(values)),
    )
  );
}

function isConditionValue(value: unknown): boolean {
  const isScalar = (each: unknown): boolean => ["string", "number", "boolean"].includes(typeof each);
  return isScalar(value) || (Array.isArray(value) && value.every(isScalar));
}

/** Sid means nothing to AWS and is lost in kOps. */
function kopsStatement({ Effect, Action, Resource, Condition }: Given): Statement {
  return {
    Effect,
    ...(Action !== undefined && { Action: asSet(Action) }),
    ...(Resource !== undefined && { Resource: asSet(Resource) }),
    ...(Condition !== undefined && Object.keys(Condition).length > 0 && { Condition }),
  };
}

/** Unlike kOps's own statements, a list of one stays a list (stringorset.go:61). */
function asSet(value: string | readonly string[]): string | readonly string[] {
  return typeof value === "string" ? value : sortedSet(value);
}

function isOneOrMany(value: unknown): boolean {
  return (
    typeof value === "string" ||
    (Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === "string"))
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
