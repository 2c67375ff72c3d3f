export const instanceTypes = {};
