import type { Action, ProtocolEnum } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Listener, ListenerArgs } from "@pulumi/aws/lb/listener";
import { object, type Plain, replace, required, unsupported, update } from "../../host/rules";
import { found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { retagElb, tagList, tagsOf } from "./elbTags";

function actions(inputs: Plain<ListenerArgs>): Action[] {
  return inputs.defaultActions.map((each, index) => ({
    Type: each.type as "forward",
    TargetGroupArn: each.targetGroupArn,
    Order: each.order ?? index + 1,
  }));
}

function listenerSettings(inputs: Plain<ListenerArgs>) {
  return {
    Port: inputs.port,
    Protocol: inputs.protocol as ProtocolEnum | undefined,
    DefaultActions: actions(inputs),
    ...(inputs.sslPolicy === undefined ? {} : { SslPolicy: inputs.sslPolicy }),
    ...(inputs.certificateArn === undefined ? {} : { Certificates: [{ CertificateArn: inputs.certificateArn }] }),
    ...(inputs.alpnPolicy === undefined ? {} : { AlpnPolicy: [inputs.alpnPolicy] }),
  };
}

export const listener = awsType<ListenerArgs, Listener>({
  inputs: {
    loadBalancerArn: required(replace),
    port: update,
    protocol: update,
    defaultActions: required(
      object(update, {
        type: required(update),
        targetGroupArn: update,
        order: update,
        authenticateCognito: unsupported,
        authenticateOidc: unsupported,
        fixedResponse: unsupported,
        forward: unsupported,
        jwtValidation: unsupported,
        redirect: unsupported,
      }),
    ),
    alpnPolicy: update,
    certificateArn: update,
    sslPolicy: update,
    tags: update,
    mutualAuthentication: unsupported,
    region: replace,
    routingHttpRequestXAmznMtlsClientcertHeaderName: unsupported,
    routingHttpRequestXAmznMtlsClientcertIssuerHeaderName: unsupported,
    routingHttpRequestXAmznMtlsClientcertLeafHeaderName: unsupported,
    routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName: unsupported,
    routingHttpRequestXAmznMtlsClientcertSubjectHeaderName: unsupported,
    routingHttpRequestXAmznMtlsClientcertValidityHeaderName: unsupported,
    routingHttpRequestXAmznTlsCipherSuiteHeaderName: unsupported,
    routingHttpRequestXAmznTlsVersionHeaderName: unsupported,
    routingHttpResponseAccessControlAllowCredentialsHeaderValue: unsupported,
    routingHttpResponseAccessControlAllowHeadersHeaderValue: unsupported,
    routingHttpResponseAccessControlAllowMethodsHeaderValue: unsupported,
    routingHttpResponseAccessControlAllowOriginHeaderValue: unsupported,
    routingHttpResponseAccessControlExposeHeadersHeaderValue: unsupported,
    routingHttpResponseAccessControlMaxAgeHeaderValue: unsupported,
    routingHttpResponseContentSecurityPolicyHeaderValue: unsupported,
    routingHttpResponseServerEnabled: unsupported,
    routingHttpResponseStrictTransportSecurityHeaderValue: unsupported,
    routingHttpResponseXContentTypeOptionsHeaderValue: unsupported,
    routingHttpResponseXFrameOptionsHeaderValue: unsupported,
    tcpIdleTimeoutSeconds: unsupported,
  },
  create: async (aws, inputs, created) => {
    const answer = await aws.elb.createListener({
      LoadBalancerArn: inputs.loadBalancerArn,
      ...listenerSettings(inputs),
      ...tagList(inputs.tags),
    });
    created(sure(answer.Listeners?.[0]?.ListenerArn, "a listener ARN"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.elb.describeListeners({ ListenerArns: [id] })))?.Listeners?.[0];
    if (one === undefined) return undefined;
    return {
      arn: id,
      alpnPolicy: one.AlpnPolicy?.[0],
      certificateArn: one.Certificates?.[0]?.CertificateArn,
      defaultActions: (one.DefaultActions ?? []).map((each) => ({
        type: each.Type,
        targetGroupArn: each.TargetGroupArn,
        order: each.Order,
      })),
      loadBalancerArn: one.LoadBalancerArn,
      port: one.Port,
      protocol: one.Protocol,
      sslPolicy: one.SslPolicy === "" ? undefined : one.SslPolicy,
      tags: await tagsOf(aws, id),
    };
  },
  update: async (aws, id, inputs) => {
    await aws.elb.modifyListener({ ListenerArn: id, ...listenerSettings(inputs) });
    await retagElb(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.elb.deleteListener({ ListenerArn: id })),
});
