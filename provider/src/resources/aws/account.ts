/** Whether the credentials are of the account that the cluster is in. In another one, nothing of the cluster is found. */
import { reasonOf, revealed, type Properties } from "../operation/operation";
import type { Run } from "../operation/run";
import { callerAccount, settingsIn } from "./awsSettings";

/** The account that the cluster is in, as the guard recorded it. */
export const accountProperty = "account";

/** Longest wait for an answer: without one, whatever comes next says what is wrong. */
const milliseconds = 15_000;

export function accountIn(properties: Properties): string | undefined {
  const account = revealed(properties[accountProperty]);
  return typeof account === "string" && account !== "" ? account : undefined;
}

/** `consequence`: of what would be done with those credentials. */
export function otherAccount(recorded: string, asked: string, consequence: string): string {
  return (
    `the AWS credentials are of account ${asked}, and the cluster is in account ${recorded}: ${consequence}; ` +
    `use credentials of account ${recorded}, for example with AWS_PROFILE or aws:profile`
  );
}

/** Fails if they are of another one. */
export async function requireAccount(properties: Properties, run: Run, consequence: string): Promise<void> {
  const account = accountIn(properties);
  const region = revealed(properties["region"]);
  if (account === undefined || typeof region !== "string") return;
  let asked: string | undefined;
  try {
    const signal = AbortSignal.any([run.signal, AbortSignal.timeout(milliseconds)]);
    asked = await callerAccount(region, settingsIn(properties), signal);
  } catch (error) {
    run.report(`the AWS account could not be looked up: ${reasonOf(error)}`);
  }
  if (asked !== undefined && asked !== account) throw new Error(otherAccount(account, asked, consequence));
}
