export const launchTemplateTypes = {};
