import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAM } from "@aws-sdk/client-iam";
import { Route53 } from "@aws-sdk/client-route-53";
import { S3 } from "@aws-sdk/client-s3";
import { STS } from "@aws-sdk/client-sts";

/** The services in which a cluster has resources. They are only read. */
export interface AwsClients {
  readonly autoscaling: AutoScaling;
  readonly ec2: EC2;
  readonly elb: ElasticLoadBalancingV2;
  readonly iam: IAM;
  readonly route53: Route53;
  readonly s3: S3;
  readonly sts: STS;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Credentials and endpoints come from where the AWS CLI has them; those of the stores from kOps's variables, where they are set. */
export function awsClients(region: string, environment: Environment = process.env): AwsClients {
  const settings = { region };
  return {
    autoscaling: new AutoScaling(settings),
    ec2: new EC2(settings),
    elb: new ElasticLoadBalancingV2(settings),
    iam: new IAM(settings),
    route53: new Route53(settings),
    s3: new S3({ ...settings, ...storeSettings(environment) }),
    sts: new STS(settings),
  };
}

/** kops v1.36.2 util/pkg/vfs/s3context.go:82 */
function storeSettings(environment: Environment): object {
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId } = environment;
  const { S3_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (endpoint === undefined || endpoint === "") return { followRegionRedirects: true };
  return {
    endpoint,
    forcePathStyle: true,
    ...(region === undefined ? {} : { region }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  };
}
