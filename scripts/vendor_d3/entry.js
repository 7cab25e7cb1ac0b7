export { axisTop } from "d3-axis";
export { scaleUtc } from "d3-scale";
export { select } from "d3-selection";
