export const loadBalancingTypes = {};
