export const gatewayTypes = {};
