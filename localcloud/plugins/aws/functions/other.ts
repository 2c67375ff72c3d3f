export const otherFunctions = {};
