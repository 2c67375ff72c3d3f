import type { RuleState } from "@aws-sdk/client-eventbridge";
import type { QueueAttributeName } from "@aws-sdk/client-sqs";
import type { EventRule, EventRuleArgs } from "@pulumi/aws/cloudwatch/eventRule";
import type { EventTarget, EventTargetArgs } from "@pulumi/aws/cloudwatch/eventTarget";
import type { Queue, QueueArgs } from "@pulumi/aws/sqs/queue";
import type { QueuePolicy, QueuePolicyArgs } from "@pulumi/aws/sqs/queuePolicy";
import { json, type Plain, replace, required, type ResourceType, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { pairs, retag, tagMap } from "../tags";
import { policyText } from "./iam";

type Attributes = Partial<Record<QueueAttributeName, string>>;

function queueAttributes(inputs: Plain<QueueArgs>): Attributes {
  const all: [QueueAttributeName, string | number | boolean | undefined][] = [
    ["DelaySeconds", inputs.delaySeconds],
    ["KmsMasterKeyId", inputs.kmsMasterKeyId],
    ["MaximumMessageSize", inputs.maxMessageSize],
    ["MessageRetentionPeriod", inputs.messageRetentionSeconds],
    ["Policy", inputs.policy],
    ["ReceiveMessageWaitTimeSeconds", inputs.receiveWaitTimeSeconds],
    ["RedrivePolicy", inputs.redrivePolicy],
    ["SqsManagedSseEnabled", inputs.sqsManagedSseEnabled],
    ["VisibilityTimeout", inputs.visibilityTimeoutSeconds],
  ];
  return Object.fromEntries(
    all.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]),
  );
}

const queue = awsType<QueueArgs, Queue>({
  inputs: {
    name: replace,
    delaySeconds: update,
    kmsMasterKeyId: update,
    maxMessageSize: update,
    messageRetentionSeconds: update,
    policy: json(update),
    receiveWaitTimeSeconds: update,
    redrivePolicy: json(update),
    sqsManagedSseEnabled: update,
    tags: update,
    visibilityTimeoutSeconds: update,
    contentBasedDeduplication: unsupported,
    deduplicationScope: unsupported,
    fifoQueue: unsupported,
    fifoThroughputLimit: unsupported,
    kmsDataKeyReusePeriodSeconds: unsupported,
    namePrefix: unsupported,
    redriveAllowPolicy: unsupported,
    region: replace,
  },
  naming: { property: "name", maxLength: 80 },
  create: async (aws, inputs, created) => {
    const answer = await aws.sqs.createQueue({
      QueueName: inputs.name,
      Attributes: queueAttributes(inputs),
      tags: inputs.tags,
    });
    created(sure(answer.QueueUrl, "a queue URL"));
  },
  read: async (aws, id) => {
    const attributes = (await found(aws.sqs.getQueueAttributes({ QueueUrl: id, AttributeNames: ["All"] })))?.Attributes;
    if (attributes === undefined) return undefined;
    const tags = (await aws.sqs.listQueueTags({ QueueUrl: id })).Tags ?? {};
    const number = (name: QueueAttributeName): number | undefined =>
      attributes[name] === undefined ? undefined : Number(attributes[name]);
    return {
      arn: attributes.QueueArn,
      delaySeconds: number("DelaySeconds"),
      fifoQueue: attributes.FifoQueue === "true",
      kmsMasterKeyId: attributes.KmsMasterKeyId,
      maxMessageSize: number("MaximumMessageSize"),
      messageRetentionSeconds: number("MessageRetentionPeriod"),
      name: id.slice(id.lastIndexOf("/") + 1),
      policy: attributes.Policy ?? "",
      receiveWaitTimeSeconds: number("ReceiveMessageWaitTimeSeconds"),
      redrivePolicy: attributes.RedrivePolicy,
      ...(attributes.SqsManagedSseEnabled === undefined
        ? {}
        : { sqsManagedSseEnabled: attributes.SqsManagedSseEnabled === "true" }),
      tags: tags,
      url: id,
      visibilityTimeoutSeconds: number("VisibilityTimeout"),
    };
  },
  update: async (aws, id, inputs) => {
    await aws.sqs.setQueueAttributes({ QueueUrl: id, Attributes: queueAttributes(inputs) });
    await retag((await aws.sqs.listQueueTags({ QueueUrl: id })).Tags ?? {}, inputs.tags, {
      put: (Tags) => aws.sqs.tagQueue({ QueueUrl: id, Tags }),
      drop: (TagKeys) => aws.sqs.untagQueue({ QueueUrl: id, TagKeys }),
    });
  },
  remove: (aws, id) => ignoreGone(aws.sqs.deleteQueue({ QueueUrl: id })),
});

const queuePolicy = awsType<QueuePolicyArgs, QueuePolicy>({
  inputs: { policy: json(required(update)), queueUrl: required(replace), region: replace },
  create: async (aws, inputs, created) => {
    await aws.sqs.setQueueAttributes({ QueueUrl: inputs.queueUrl, Attributes: { Policy: policyText(inputs.policy) } });
    created(inputs.queueUrl);
  },
  read: async (aws, id) => {
    const policy = (await found(aws.sqs.getQueueAttributes({ QueueUrl: id, AttributeNames: ["Policy"] })))?.Attributes
      ?.Policy;
    return policy === undefined || policy === "" ? undefined : { policy, queueUrl: id };
  },
  update: async (aws, id, inputs) => {
    await aws.sqs.setQueueAttributes({ QueueUrl: id, Attributes: { Policy: policyText(inputs.policy) } });
  },
  remove: (aws, id) => ignoreGone(aws.sqs.setQueueAttributes({ QueueUrl: id, Attributes: { Policy: "" } })),
});

/** Resources of a bus other than the default one have its name before their own in the id. */
function onBus(bus: string | undefined, name: string): string {
  return bus === undefined || bus === "default" ? name : `${bus}/${name}`;
}
function busAndName(id: string): { EventBusName: string; Name: string } {
  const at = id.lastIndexOf("/");
  return { EventBusName: at < 0 ? "default" : id.slice(0, at), Name: id.slice(at + 1) };
}

async function putRule(aws: Aws, inputs: Plain<EventRuleArgs>): Promise<void> {
  await aws.events.putRule({
    Name: inputs.name,
    Description: inputs.description,
    EventBusName: inputs.eventBusName,
    EventPattern: inputs.eventPattern,
    RoleArn: inputs.roleArn,
    ScheduleExpression: inputs.scheduleExpression,
    State: inputs.state as RuleState | undefined,
  });
}

const eventRule = awsType<EventRuleArgs, EventRule>({
  inputs: {
    name: replace,
    description: update,
    eventBusName: replace,
    eventPattern: json(update),
    forceDestroy: update,
    roleArn: update,
    scheduleExpression: update,
    state: update,
    tags: update,
    isEnabled: unsupported,
    namePrefix: unsupported,
    region: replace,
  },
  naming: { property: "name", maxLength: 64 },
  defaults: { eventBusName: "default", forceDestroy: false },
  create: async (aws, inputs, created) => {
    await putRule(aws, inputs);
    const id = onBus(inputs.eventBusName, sure(inputs.name, "a rule name"));
    created(id);
    const arn = await aws.arn("events", `rule/${id}`);
    if (Object.keys(inputs.tags ?? {}).length > 0)
      await aws.events.tagResource({ ResourceARN: arn, Tags: pairs(inputs.tags) });
  },
  read: async (aws, id) => {
    const one = await found(aws.events.describeRule(busAndName(id)));
    if (one === undefined) return undefined;
    const tags = await aws.events.listTagsForResource({ ResourceARN: one.Arn });
    return {
      arn: one.Arn,
      description: one.Description,
      eventBusName: one.EventBusName ?? "default",
      eventPattern: one.EventPattern,
      name: one.Name,
      roleArn: one.RoleArn,
      scheduleExpression: one.ScheduleExpression,
      state: one.State,
      tags: tagMap(tags.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    await putRule(aws, inputs);
    const ResourceARN = await aws.arn("events", `rule/${id}`);
    await retag(tagMap((await aws.events.listTagsForResource({ ResourceARN })).Tags), inputs.tags, {
      put: (tags) => aws.events.tagResource({ ResourceARN, Tags: pairs(tags) }),
      drop: (TagKeys) => aws.events.untagResource({ ResourceARN, TagKeys }),
    });
  },
  remove: (aws, id) => ignoreGone(aws.events.deleteRule(busAndName(id))),
});

async function putTarget(aws: Aws, inputs: Plain<EventTargetArgs>): Promise<void> {
  const answer = await aws.events.putTargets({
    Rule: inputs.rule,
    EventBusName: inputs.eventBusName,
    Targets: [
      {
        Id: inputs.targetId,
        Arn: inputs.arn,
        Input: inputs.input,
        InputPath: inputs.inputPath,
        RoleArn: inputs.roleArn,
      },
    ],
  });
  const failed = answer.FailedEntries?.[0];
  if (failed !== undefined) throw new Error(`eventbridge PutTargets: ${failed.ErrorCode}: ${failed.ErrorMessage}`);
}

const eventTarget = awsType<EventTargetArgs, EventTarget>({
  inputs: {
    arn: required(update),
    rule: required(replace),
    targetId: replace,
    eventBusName: replace,
    forceDestroy: update,
    input: update,
    inputPath: update,
    roleArn: update,
    appsyncTarget: unsupported,
    batchTarget: unsupported,
    deadLetterConfig: unsupported,
    ecsTarget: unsupported,
    httpTarget: unsupported,
    inputTransformer: unsupported,
    kinesisTarget: unsupported,
    redshiftTarget: unsupported,
    region: replace,
    retryPolicy: unsupported,
    runCommandTargets: unsupported,
    sagemakerPipelineTarget: unsupported,
    sqsTarget: unsupported,
  },
  naming: { property: "targetId", maxLength: 64 },
  defaults: { eventBusName: "default", forceDestroy: false },
  create: async (aws, inputs, created) => {
    await putTarget(aws, inputs);
    created(`${inputs.rule}-${inputs.targetId}`);
  },
  // <bus>/<rule>/<target>
  idOfImported: (name) => name.split("/").slice(1).join("-"),
  read: async (aws, id, known) => {
    const { rule, targetId, eventBusName } = known.inputs;
    const [bus, imported, target] = id.split("/");
    const asked =
      rule === undefined ? { Rule: imported, EventBusName: bus } : { Rule: rule, EventBusName: eventBusName };
    const answer = await found(aws.events.listTargetsByRule(asked));
    const one = answer?.Targets?.find((each) => each.Id === (targetId ?? target));
    if (one === undefined) return undefined;
    return {
      arn: one.Arn,
      eventBusName: asked.EventBusName ?? "default",
      input: one.Input,
      inputPath: one.InputPath,
      roleArn: one.RoleArn,
      rule: asked.Rule,
      targetId: one.Id,
    };
  },
  update: (aws, _id, inputs) => putTarget(aws, inputs),
  remove: (aws, _id, { inputs }) =>
    ignoreGone(
      aws.events.removeTargets({
        Rule: inputs.rule,
        EventBusName: inputs.eventBusName,
        Ids: [sure(inputs.targetId, "a target id")],
      }),
    ),
});

export const messagingTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:sqs/queue:Queue": queue,
  "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventTarget:EventTarget": eventTarget,
};
