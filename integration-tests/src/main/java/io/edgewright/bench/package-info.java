/// `./edgewright bench`: compiled programs against ONNX Runtime, on this machine, in one run.
///
///     Bench               every model, then tables and a JSON file
///     BenchOptions        what the command line asks for
///     BenchModel          an ONNX file, its input data and the numbers of its dimensions
///     BenchInput          data of a file, or made up
///     Contender           somebody who can run one inference: OnnxRuntimeSession, CompiledProgram
///     OnnxRuntimeLibrary  ONNX Runtime's C interface, called without copies
///     Duel                two contenders in turns
///     Spread              median and quartiles; geometric means
///     FirstResult         a process from its start to its first result, and what memory it holds
///     NativeTool          small C programs of this package, built by the system's compiler
///     Measurement         everything that was measured of one model
///     BenchTable, BenchJson   the results for people and for programs
///     service                 the service under load, in place of models
@NullMarked
package io.edgewright.bench;

import org.jspecify.annotations.NullMarked;
