"""Runs the compiled network that lies beside this file. Needs numpy, and nothing else.

    import model
    m = model.load(threads=2)
    results = m.run({"images": picture})      # {"output name": ndarray}

`m.inputs` and `m.outputs` tell what goes in and comes out; a shape is None where only a call
knows it. Pictures are uint8 arrays [height, width, channels]. Detections come out as float32
[n, 6]: x0, y0, x1, y1 in pixels, score, class index; classes as float32 [k, 2]: class index,
probability.

Part of Edgewright; Apache License 2.0.
"""

import collections
import ctypes
import json
import mmap
import os
import threading
import weakref

import numpy

_ABI = 1
_RANK = 8
_ALIGNMENT = 64
_MOST_THREADS = 64
_LARGEST_SIDE = 4096
_KINDS = ("tensor", "image", "classes", "detections")
_TYPES = {
    1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64",
    9: "bool", 10: "float16", 11: "float64", 12: "uint32", 13: "uint64",
}

Port = collections.namedtuple("Port", "name dtype shape kind labels bytes maximum")
Port.__doc__ = """One input or output: shape is None where dynamic, maximum the most that each extent can be
(None where it is not known); labels are names of classes."""


class _Tensor(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("shape", ctypes.c_int64 * _RANK)]


class _Port(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p), ("type", ctypes.c_int32), ("kind", ctypes.c_int32),
        ("rank", ctypes.c_int32), ("shape", ctypes.c_int64 * _RANK), ("bytes", ctypes.c_uint64),
    ]


class _Description(ctypes.Structure):
    _fields_ = [
        ("abi", ctypes.c_uint32), ("name", ctypes.c_char_p), ("target", ctypes.c_char_p),
        ("input_count", ctypes.c_uint32), ("output_count", ctypes.c_uint32),
        ("inputs", ctypes.POINTER(_Port)), ("outputs", ctypes.POINTER(_Port)),
        ("arena_bytes", ctypes.c_uint64), ("weights_bytes", ctypes.c_uint64),
    ]


def load(threads=1):
    """The network in the folder of this file, to be run by so many threads."""
    if not isinstance(threads, int) or not 1 <= threads <= _MOST_THREADS:
        raise ValueError("threads is %r, expected 1 to %d" % (threads, _MOST_THREADS))
    return Model(os.path.dirname(os.path.abspath(__file__)), threads)


class Model:
    """A loaded network. Calls of run() from several threads wait for each other."""

    def __init__(self, folder, threads):
        with open(os.path.join(folder, "bundle.json"), encoding="utf-8") as file:
            bundle = json.load(file)
        _require_features(bundle["target"])
        self._library = _open_library(os.path.join(folder, "libmodel.so"))
        description = self._library.ew_describe().contents
        if description.abi != _ABI:
            raise RuntimeError("libmodel.so has another C interface than model.py")
        self.name = description.name.decode()
        self.target = description.target.decode()
        self.inputs = _ports(description.inputs, description.input_count, bundle["inputs"])
        self.outputs = _ports(description.outputs, description.output_count, bundle["outputs"])
        self._weights = _map_weights(
            os.path.join(folder, "weights.bin"), description.weights_bytes)
        self._arena = _aligned(description.arena_bytes)
        self._parallel = _start_pool(self, threads)
        self._one_at_a_time = threading.Lock()

    def run(self, inputs):
        """One inference: a dictionary of arrays by input name in, one by output name out."""
        _check_names(inputs, self.inputs)
        arrays = [_checked(port, inputs[port.name]) for port in self.inputs]
        buffers = [numpy.empty(port.bytes, numpy.uint8) for port in self.outputs]
        tensors_in = (_Tensor * max(1, len(arrays)))()
        tensors_out = (_Tensor * max(1, len(buffers)))()
        for tensor, array in zip(tensors_in, arrays):
            tensor.data = array.ctypes.data
            tensor.shape[:array.ndim] = array.shape
        for tensor, buffer in zip(tensors_out, buffers):
            tensor.data = buffer.ctypes.data
        with self._one_at_a_time:
            code = self._library.ew_run(
                self._weights.ctypes.data, self._arena.ctypes.data, tensors_in, tensors_out,
                self._parallel)
        if code == 1:
            raise RuntimeError("weights.bin is not the one that libmodel.so was compiled with")
        if code == 2:
            raise ValueError("the network does not take inputs of these shapes: %s"
                             % [array.shape for array in arrays])
        if code != 0:
            raise RuntimeError("ew_run failed with code %d" % code)
        return {port.name: _result(port, buffer, tensor)
                for port, buffer, tensor in zip(self.outputs, buffers, tensors_out)}


def _open_library(path):
    library = ctypes.CDLL(path)
    library.ew_describe.restype = ctypes.POINTER(_Description)
    library.ew_run.restype = ctypes.c_int
    library.ew_run.argtypes = [
        ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(_Tensor), ctypes.POINTER(_Tensor),
        ctypes.c_void_p]
    library.ew_pool_bytes.restype = ctypes.c_uint64
    library.ew_pool_make.restype = ctypes.c_void_p
    library.ew_pool_make.argtypes = [ctypes.c_void_p]
    library.ew_pool_work.restype = library.ew_pool_stop.restype = None
    library.ew_pool_work.argtypes = library.ew_pool_stop.argtypes = [ctypes.c_void_p]
    return library


def _require_features(target):
    """Better than an illegal instruction later. Silent where Linux does not tell."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            missing = _missing_features(target, file)
    except OSError:
        return
    if missing:
        raise RuntimeError("this processor lacks %s, which the network was compiled for"
                           % ", ".join(missing))


def _missing_features(target, lines):
    """What a target needs and /proc/cpuinfo does not list, if it lists anything."""
    for line in lines:
        key, _, value = line.partition(":")
        found = set(value.split())
        if key.strip() == "isa":  # RISC-V: rv64imafdcv_zba_zbb
            first, *others = value.strip().split("_")
            found = set(first[len("rv64"):]).union(others)
        if key.strip() in ("flags", "Features", "isa"):
            if target["triple"].startswith("arm-") and "asimd" in found:
                return []  # a 64-bit kernel, which names only what its own programs may use
            return sorted(set(target["features"]) - found)
    return []


def _ports(ports, count, described):
    return [
        Port(port.name.decode(), numpy.dtype(_TYPES[port.type]),
             tuple(None if extent < 0 else extent for extent in port.shape[:port.rank]),
             _KINDS[port.kind], tuple(json_port.get("labels", ())), port.bytes,
             tuple(json_port["maximumShape"]) if "maximumShape" in json_port else None)
        for port, json_port in zip(ports[:count], described)]


def _aligned(size):
    memory = numpy.empty(size + _ALIGNMENT, numpy.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    return memory[start:start + size]


def _map_weights(path, size):
    with open(path, "rb") as file:
        found = os.fstat(file.fileno()).st_size
        if found != size:
            raise RuntimeError("weights.bin has %d bytes, libmodel.so was compiled with %d"
                               % (found, size))
        return numpy.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), numpy.uint8)


def _start_pool(model, threads):
    """Threads of Python that spend their lives inside libmodel.so, without Python's lock."""
    if threads == 1:
        return None
    library = model._library
    memory = _aligned(library.ew_pool_bytes())
    pool = library.ew_pool_make(memory.ctypes.data)

    def work(_keeps_the_memory):
        library.ew_pool_work(pool)

    for _ in range(threads - 1):
        threading.Thread(target=work, args=(memory,), daemon=True).start()
    weakref.finalize(model, _stop_pool, library, pool, memory)
    return pool


def _stop_pool(library, pool, _keeps_the_memory):
    library.ew_pool_stop(pool)


def _check_names(inputs, ports):
    expected = {port.name for port in ports}
    wrong = ["unknown input %r" % name for name in inputs if name not in expected]
    wrong += ["missing input %r" % port.name for port in ports if port.name not in inputs]
    if wrong:
        raise ValueError("%s; expected %s" % (
            ", ".join(wrong), ", ".join("%r: %s" % (port.name, _spelled(port)) for port in ports)))


def _spelled(port):
    most = ["any" if extent is None else "1 to %d" % extent
            for extent in port.maximum or (None,) * len(port.shape)]
    extents = ", ".join(
        limit if extent is None else str(extent) for extent, limit in zip(port.shape, most))
    return "%s [%s]" % (port.dtype, extents)


def _checked(port, value):
    array = numpy.asarray(value)
    fits = array.dtype == port.dtype and array.ndim == len(port.shape) and all(
        extent is None or extent == seen for extent, seen in zip(port.shape, array.shape))
    if fits and port.kind == "image":
        fits = all(1 <= side <= _LARGEST_SIDE for side in array.shape[:2])
    if fits and port.maximum:
        fits = all(fixed is not None or 1 <= seen <= most
                   for fixed, seen, most in zip(port.shape, array.shape, port.maximum))
    if not fits or array.nbytes > port.bytes:
        limit = ", sides from 1 to %d" % _LARGEST_SIDE if port.kind == "image" else ""
        raise ValueError("input %r is %s %s, expected %s%s" % (
            port.name, array.dtype, list(array.shape), _spelled(port), limit))
    return numpy.require(array, requirements="C")


def _result(port, buffer, tensor):
    shape = tuple(tensor.shape[:len(port.shape)])
    size = int(numpy.prod(shape, dtype=numpy.int64)) * port.dtype.itemsize
    return buffer[:size].view(port.dtype).reshape(shape)
