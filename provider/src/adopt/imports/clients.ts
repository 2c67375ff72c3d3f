import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { Route53 } from "@aws-sdk/client-route-53";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { STS } from "@aws-sdk/client-sts";
import { storeSettings, type Environment } from "../store/client";

/** The services in which a cluster has resources. They are only read. */
export interface AwsClients {
  readonly autoscaling: AutoScaling;
  readonly ec2: EC2;
  readonly elb: ElasticLoadBalancingV2;
  readonly eventbridge: EventBridge;
  readonly iam: IAM;
  readonly route53: Route53;
  readonly s3: S3;
  readonly sqs: SQS;
  readonly sts: STS;
}

/** Credentials and endpoints come from where the AWS CLI has them; those of the stores from kOps's variables, where they are set. */
export function awsClients(region: string, environment: Environment = process.env): AwsClients {
  const settings = { region };
  return {
    autoscaling: new AutoScaling(settings),
    ec2: new EC2(settings),
    elb: new ElasticLoadBalancingV2(settings),
    eventbridge: new EventBridge(settings),
    iam: new IAM(settings),
    route53: new Route53(settings),
    s3: new S3(storeSettings(environment, region)),
    sqs: new SQS(settings),
    sts: new STS(settings),
  };
}
