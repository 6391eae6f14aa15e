/**
 * The Node.js of the official image in which the load of a drill runs where the file names none. A local cluster has it under the
 * same name.
 */
export const workloadNode = '24.22.3';
