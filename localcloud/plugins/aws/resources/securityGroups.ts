export const securityGroupTypes = {};
