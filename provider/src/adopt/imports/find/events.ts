/** Queues, and the rules by which EventBridge fills them. All have names. */
import { ofNothing, oncePer, only, text, unlessAbsent, type Finder, type Finders, type Place } from "./found";

export function eventFinders({ aws: { eventbridge, sqs } }: Place): Finders {
  // A rule has five at most, and so one page.
  const targets = oncePer(async (Rule) => (await unlessAbsent(eventbridge.listTargetsByRule({ Rule })))?.Targets ?? []);
  const attributes = oncePer(async (QueueUrl) => {
    const answer = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["QueueArn", "Policy"] });
    return answer.Attributes ?? {};
  });

  const queue: Finder = async (inputs) => {
    const QueueName = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(sqs.getQueueUrl({ QueueName }));
    const url = answer?.QueueUrl;
    const arn = url === undefined ? undefined : (await attributes(url)).QueueArn;
    return only(url === undefined ? [] : [url], `queue ${QueueName}`, (id) => ({ id, outputs: { url: id, arn } }));
  };

  const queuePolicy: Finder = async (inputs) => {
    const url = text(inputs, "queueUrl");
    if (url === undefined) return ofNothing;
    const { Policy } = await attributes(url);
    return only(Policy === undefined ? [] : [url], `policy of the queue ${url}`, (id) => ({ id }));
  };

  const rule: Finder = async (inputs) => {
    const Name = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(eventbridge.describeRule({ Name }));
    return only(answer === undefined ? [] : [answer], `event rule ${Name}`, ({ Arn: arn }) => ({
      id: Name,
      outputs: { arn },
    }));
  };

  /** One that a program gives no id is known by where it leads. */
  const target: Finder = async (inputs) => {
    const ofRule = text(inputs, "rule");
    const arn = text(inputs, "arn");
    const id = text(inputs, "targetId");
    if (ofRule === undefined || arn === undefined) return ofNothing;
    const found = (await targets(ofRule)).filter(({ Id, Arn }) => Arn === arn && (id === undefined || Id === id));
    return only(found, `target ${arn} of the event rule ${ofRule}`, ({ Id = "" }) => ({
      id: `${ofRule}-${Id}`,
      importId: `default/${ofRule}/${Id}`,
    }));
  };

  return {
    "aws:sqs/queue:Queue": queue,
    "aws:sqs/queuePolicy:QueuePolicy": queuePolicy,
    "aws:cloudwatch/eventRule:EventRule": rule,
    "aws:cloudwatch/eventTarget:EventTarget": target,
  };
}
