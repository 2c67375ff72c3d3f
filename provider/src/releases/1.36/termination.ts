/** kOps's node termination handler, which a cluster without Karpenter has. */

/** pkg/model/components/nodeterminationhandler.go:46 */
export const nodeTerminationHandler = {
  cpuRequest: "50m",
  deleteSQSMsgIfNodeNotFound: false,
  enableOutOfServiceTaint: false,
  enableRebalanceDraining: false,
  enableRebalanceMonitoring: false,
  enableScheduledEventDraining: true,
  enableSpotInterruptionDraining: true,
  enabled: true,
  excludeFromLoadBalancers: true,
  managedASGTag: "aws-node-termination-handler/managed",
  memoryRequest: "64Mi",
  podTerminationGracePeriod: -1,
  prometheusEnable: false,
  taintNode: false,
  version: "v1.25.5",
} as const;

export const termination = {
  /** pkg/model/awsmodel/nodeterminationhandler.go:46; AWS compares no bytes, but kOps does. */
  patterns: {
    ASGLifecycle: '{"source":["aws.autoscaling"],"detail-type":["EC2 Instance-terminate Lifecycle Action"]}',
    SpotInterruption: '{"source": ["aws.ec2"],"detail-type": ["EC2 Spot Instance Interruption Warning"]}',
    InstanceStateChange: '{"source": ["aws.ec2"],"detail-type": ["EC2 Instance State-change Notification"]}',
    InstanceScheduledChange:
      '{"source": ["aws.health"],"detail-type": ["AWS Health Event"],"detail": {"service": ["EC2"],"eventTypeCategory": ["scheduledChange"]}}',
    RebalanceRecommendation: '{"source": ["aws.ec2"],"detail-type": ["EC2 Instance Rebalance Recommendation"]}',
  },
  /** pkg/model/awsmodel/nodeterminationhandler.go:34 */
  retentionSeconds: 300,
} as const;
