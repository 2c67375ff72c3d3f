export const messagingTypes = {};
