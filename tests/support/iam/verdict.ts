/** Whether an identity's policies allow what it did, and which of its permissions it did not need. */
import { account, type Authorization, authorizations } from "./authorizations";
import type { RecordedCall } from "./calls";
import { evaluate } from "./tools";

export interface Document {
  readonly Version: string;
  readonly Statement: readonly { readonly Effect: string; readonly Action?: string | readonly string[] }[];
}

export interface Verdict {
  /** A line for each kind of request that was not allowed. */
  readonly denied: readonly string[];
  /** The actions that were allowed, sorted. */
  readonly used: readonly string[];
  /** What the policies list, wildcards included, and no request asked for. */
  readonly unused: readonly string[];
}

export function verdict(calls: readonly RecordedCall[], policies: readonly Document[]): Verdict {
  const asked = new Map<string, { readonly call: RecordedCall; readonly request: Authorization }>();
  for (const call of calls) {
    for (const request of authorizations(call)) asked.set(JSON.stringify(request), { call, request });
  }
  const requests = [...asked.values()];
  const answers = evaluate(
    requests.map(({ call, request }) => ({
      ...request,
      principal: call.principal ?? `arn:aws:iam::${account}:user/nobody`,
      policies,
    })),
  );
  const denied = requests.flatMap(({ call, request }, position) => {
    const answer = answers[position];
    if (answer?.result === "Allowed") return [];
    const context = JSON.stringify(request.context);
    const reason = answer?.reason === undefined ? "" : `: ${answer.reason}`;
    return [
      `${call.operation}: ${answer?.result ?? "?"} ${request.action} on ${answer?.resource ?? "?"} ${context}${reason}`,
    ];
  });
  const used = [...new Set(requests.map(({ request }) => request.action))].sort();
  const listed = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action = [] }) => Action));
  const unused = [...new Set(listed)].filter((pattern) => !used.some((action) => covers(pattern, action))).sort();
  return { denied: [...new Set(denied)].sort(), used, unused };
}

/** Names of actions know no case, and `*` in them stands for any characters. */
function covers(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "i").test(action);
}
