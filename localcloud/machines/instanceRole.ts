import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { GetInstanceProfileCommand, IAMClient } from "@aws-sdk/client-iam";
import type { RoleCredentials } from "../services/metadata";
import { requestHandler } from "./cloud";
import type { Surroundings } from "./machine";

const EARLY = 5 * 60_000;

/** Keys of the role in an instance's profile, as instance metadata hands them out: EC2 gets them from STS. */
export class InstanceRole {
  private readonly iam: IAMClient;
  private readonly sts: STSClient;
  private last: RoleCredentials | undefined;

  constructor(
    private readonly instanceId: string,
    /** Undefined where the instance has none. */
    private readonly profileArn: string | undefined,
    { awsUrl: endpoint, region, accessKeyId, secretAccessKey }: Surroundings,
  ) {
    const settings = { endpoint, region, credentials: { accessKeyId, secretAccessKey }, requestHandler };
    this.iam = new IAMClient(settings);
    this.sts = new STSClient(settings);
  }

  /** Undefined without a role. */
  async credentials(): Promise<RoleCredentials | undefined> {
    if (this.profileArn === undefined) return undefined;
    if (this.last === undefined || Date.parse(this.last.Expiration) < Date.now() + EARLY) {
      this.last = await this.fresh(this.profileArn.split("/").at(-1) ?? "");
    }
    return this.last;
  }

  private async fresh(InstanceProfileName: string): Promise<RoleCredentials | undefined> {
    const { InstanceProfile } = await this.iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
    const [role] = InstanceProfile?.Roles ?? [];
    if (role === undefined) return undefined;
    const session = { RoleArn: role.Arn, RoleSessionName: this.instanceId };
    const { Credentials } = await this.sts.send(new AssumeRoleCommand(session));
    if (Credentials === undefined) throw new Error(`no keys of role ${role.RoleName ?? ""}`);
    return {
      role: role.RoleName ?? "",
      AccessKeyId: Credentials.AccessKeyId ?? "",
      SecretAccessKey: Credentials.SecretAccessKey ?? "",
      Token: Credentials.SessionToken ?? "",
      Expiration: (Credentials.Expiration ?? new Date()).toISOString(),
    };
  }
}
