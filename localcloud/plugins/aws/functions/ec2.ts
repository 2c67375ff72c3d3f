export const ec2Functions = {};
