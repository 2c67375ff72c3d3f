import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import type { Input } from "../../schema/input";
import { etcdBackupsFolder } from "../../model/keyFiles";
import { issuerUrl, parseStoreUrl, storeUrl } from "../../model/locations";
import { discoveryPolicy, storeBucketTags } from "../../plan/stores";
import type { StoreLocation } from "../../model/runtime";
import { bucketPrefix } from "../../model/names";
import { EtcdBackups } from "../../resources/etcdBackups";
import { stackAwsSettings } from "../builders/awsSettings";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** The two buckets that the cluster is described in: the state store, private, and the discovery store, readable by AWS STS. */
export class Stores extends ClusterChild {
  readonly state: pulumi.Output<StoreLocation>;
  readonly discovery: pulumi.Output<StoreLocation>;
  /** URL of the service-account issuer. */
  readonly issuer: pulumi.Output<string>;
  /** To be deleted when no control plane writes it any more. A bucket of the component's own goes with all that is in it. */
  readonly etcdBackups: readonly pulumi.Resource[];
  /** What the stores' objects must wait for beside the bucket itself. */
  readonly ready: readonly pulumi.Resource[];

  constructor(context: ClusterContext) {
    super("stores", context);
    const { declared, name } = context.cluster;
    const ready: pulumi.Resource[] = [];
    this.state =
      declared.stateStore === undefined
        ? this.created(this.privateBucket(context, ready))
        : given("stateStore", declared.stateStore);
    this.etcdBackups = declared.stateStore === undefined ? [] : [this.backupsIn(context)];
    this.discovery =
      declared.discoveryStore === undefined
        ? this.created(this.publicBucket(context, ready))
        : given("discoveryStore", declared.discoveryStore);
    this.issuer = context.pending.with(this.discovery, issuerUrl);
    this.ready = ready;
    this.registerOutputs({ state: urlOf(this.state), discovery: urlOf(this.discovery), clusterName: name });
  }

  /** For the settings of a bucket, which stay with it. */
  private get setting(): pulumi.CustomResourceOptions {
    return { ...this.child, ...this.keeping.store };
  }

  private backupsIn({ cluster }: ClusterContext): EtcdBackups {
    const folder = this.state.apply((store) => `${storeUrl(store, cluster.name)}/${etcdBackupsFolder}`);
    return new EtcdBackups(
      this.childName("etcd-backups"),
      { folder, region: cluster.region, aws: stackAwsSettings(this) },
      { ...this.irreplaceable, ...this.keeping.store },
    );
  }

  private created(bucket: Bucket): pulumi.Output<StoreLocation> {
    return bucket.bucket.apply((name) => ({ bucket: name, prefix: "" }));
  }

  private bucket(context: ClusterContext, store: "state" | "discovery", ready: pulumi.Resource[]): Bucket {
    const bucket = new Bucket(
      this.childName(`${store}-store`),
      {
        bucketPrefix: bucketPrefix(context.cluster.name, store),
        // etcd-manager and the controllers write objects that the engine does not know; without this they would keep
        // the bucket, and with it `pulumi destroy`, for ever.
        forceDestroy: true,
        tags: storeBucketTags(context.cluster, store),
      },
      { ...this.irreplaceable, ...this.keeping.store },
    );
    ready.push(
      new BucketServerSideEncryptionConfiguration(
        this.childName(`${store}-store-encryption`),
        { bucket: bucket.bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        this.setting,
      ),
    );
    return bucket;
  }

  private privateBucket(context: ClusterContext, ready: pulumi.Resource[]): Bucket {
    const bucket = this.bucket(context, "state", ready);
    ready.push(
      new BucketVersioning(
        this.childName("state-store-versioning"),
        { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
        this.setting,
      ),
      this.accessBlock("state", bucket, true),
    );
    return bucket;
  }

  /** Only the two documents of OpenID Connect discovery can be read by all; nothing can be listed or written. */
  private publicBucket(context: ClusterContext, ready: pulumi.Resource[]): Bucket {
    const bucket = this.bucket(context, "discovery", ready);
    const block = this.accessBlock("discovery", bucket, false);
    const { name, partition } = context.cluster;
    ready.push(
      block,
      new BucketPolicy(
        this.childName("discovery-store-policy"),
        {
          bucket: bucket.bucket,
          policy: bucket.bucket.apply((bucketName) => discoveryPolicy(partition, bucketName, name)),
        },
        { ...this.setting, dependsOn: block },
      ),
    );
    return bucket;
  }

  private accessBlock(store: "state" | "discovery", bucket: Bucket, blockPolicies: boolean): BucketPublicAccessBlock {
    return new BucketPublicAccessBlock(
      this.childName(`${store}-store-access`),
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: blockPolicies,
        restrictPublicBuckets: blockPolicies,
      },
      this.setting,
    );
  }
}

export function urlOf(location: pulumi.Output<StoreLocation>): pulumi.Output<string> {
  return location.apply((store) => storeUrl(store));
}

function given(input: string, url: Input<string>): pulumi.Output<StoreLocation> {
  return pulumi.output(url).apply((value) => {
    const location = parseStoreUrl(value);
    if (location === undefined) {
      // A plain value was checked with the other inputs; this one was an output until now.
      throw new Error(`${input} must be s3://<bucket> or s3://<bucket>/<prefix>, got ${JSON.stringify(value)}`);
    }
    return location;
  });
}
