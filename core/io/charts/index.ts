/**
 * The pictures of the repository. `drawing` and everything named …Figure is there at once; the charts, `heatmap`,
 * `imageGrid` and `panels` load their packages at first use and are awaited.
 */

export { type Bar, type BarChartOptions, barChart } from './bar';
export { type BoundaryChartOptions, boundaryChart } from './boundary';
export { type ConfusionMatrixOptions, confusionMatrix } from './confusion';
export { type ContourChartOptions, contourChart } from './contour';
export { type LearningCurvesOptions, learningCurves } from './curves';
export { drawing, type Figure } from './figure';
export { type GraphEdge, type GraphFigureOptions, type GraphNode, graphFigure } from './graph';
export type { DecisionGrid } from './grid';
export { type HeatmapOptions, heatmap } from './heatmap';
export { type HistogramsOptions, histograms } from './histograms';
export { type ImageGridOptions, imageGrid } from './images';
export { type LineChartOptions, lineChart, type Mark, type Series } from './line';
export { textWidth } from './measure';
export { type NetworkFigureOptions, type NetworkLayer, networkFigure } from './network';
export { type PanelsOptions, panels } from './panels';
export { type Pixels, pixelImage } from './pixels';
export type { Axis, FixedAxis, Size } from './plot';
export { type PointGroup, type ScatterChartOptions, type ScatterLine, scatterChart } from './scatter';
export type { Attributes, Shape, Style, TextStyle } from './svg';
export { arrow, circle, clipped, element, group, line, path, polyline, rect, text } from './svg';
export { type TableFigureOptions, tableFigure } from './table';
export { mix, ramp, seriesColour, theme } from './theme';
