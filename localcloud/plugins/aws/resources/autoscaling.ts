export const autoscalingTypes = {};
