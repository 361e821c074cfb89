// Fused elementwise expressions over an iteration space of any rank.
#pragma once

#include <tenon/backend/cpu/evaluate.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// What one vector of this operation costs, in vector instructions.
template <class T>
constexpr double cost_of(Op op) {
  switch (op) {
    case Op::constant: case Op::batch: case Op::stop_gradient: return 0;
    case Op::div: case Op::reciprocal: case Op::sqrt: case Op::rsqrt: return 5;
    case Op::random: return 15;
    case Op::acosh: case Op::lgamma: case Op::digamma: case Op::pow: case Op::mod: case Op::atan2: case Op::hypot: return 40 * lanes<T>;  // one lane at a time
    default: return op >= Op::cbrt && op <= Op::softplus ? 20 : 1;
  }
}

template <class T, int Rank, int Inputs, class... Instructions, Access... In, int... Stored, bool StridedOutput>
struct CpuKernel<T, Map<Rank, Code<Inputs, Instructions...>, Loads<In...>, Stores<Stored...>, StridedOutput>> {
  static constexpr int inputs = Inputs, outputs = sizeof...(Stored), operands = inputs + outputs, last = Rank - 1;

  static void run(const KernelCall& call) {
    long rows = 1;
    for (int i = 0; i < last; ++i) rows *= call.extent[i];
    const long columns = call.extent[last];
    const double work = static_cast<double>(rows) * static_cast<double>(columns) / lanes<T> * (operands + (0 + ... + cost_of<T>(Instructions::op)));
    if (rows == 1) {
      parallel_ranges(columns, 16 * lanes<T>, work, [&](long begin, long end) { walk(call, 0, 1, begin, end); });
    } else {
      parallel_ranges(rows, 1, work, [&](long begin, long end) { walk(call, begin, end, 0, columns); });
    }
  }

 private:
  using V = Vector<T>;
  static constexpr bool is_int(Access access) { return access >= Access::contiguous_int && access <= Access::strided_int; }
  static constexpr bool is_bfloat16(Access access) { return access >= Access::contiguous_bfloat16; }

  /// The columns begin..end of the given rows of the iteration space.
  [[gnu::noinline]] static void walk(const KernelCall& call, long first_row, long last_row, long begin, long end) {
    long at[max_rank]{}, rest = first_row;
    for (int i = last - 1; i >= 0; --i) at[i] = rest % call.extent[i], rest /= call.extent[i];
    for (long r = first_row; r < last_row; ++r) {
      long offset[operands + 1]{};
      for (int k = 0; k < operands; ++k)
        for (int i = 0; i < last; ++i) offset[k] += at[i] * call.stride[k * Rank + i];
      row(call, offset, at, static_cast<std::uint32_t>(r * call.extent[last]), begin, end);
      for (int i = last - 1; i >= 0 && ++at[i] == call.extent[i]; --i) at[i] = 0;
    }
  }

  [[gnu::always_inline]] static void row(const KernelCall& call, const long* offset, const long* at, std::uint32_t position, long begin, long end) {
    [[maybe_unused]] const void* in[inputs + 1];  // copies: a store might change what is read through the call
    void* out[outputs];
    for (int k = 0; k < inputs; ++k) in[k] = call.in[k];
    int k = 0;
    ((out[k] = static_cast<StoredAs<T, Stored>*>(call.out[k]) + offset[inputs + k], ++k), ...);
    V same[inputs + 1];  // what does not change along the row
    k = 0;
    ((movement_of(In) == Access::broadcast ? void(same[k] = V(number<In>(in[k], offset[k]))) : void(), ++k), ...);
    Site site{at, last, begin, position + static_cast<std::uint32_t>(begin), &call.noise};
    if constexpr (uses<Op::batch, Code<Inputs, Instructions...>>) site.batch = call.extent[Rank];
    for (long i = begin; i < end; i += lanes<T>) {
      const First<T> first(end - i);
      V r[Code<Inputs, Instructions...>::registers];
      k = 0;
      ((r[k] = read<In>(in[k], offset[k], call.stride[k * Rank + last], i, first, same[k]), ++k), ...);
      site.column = i;
      site.position = position + static_cast<std::uint32_t>(i);
      Evaluate<T, Code<Inputs, Instructions...>>::run(r, site);
      k = 0;
      ((write(static_cast<StoredAs<T, Stored>*>(out[k]), call.stride[(inputs + k) * Rank + last], i, r[stored_register(Stored)], first), ++k), ...);
    }
  }

  template <Access A>
  static T number(const void* p, long offset) {
    if constexpr (is_int(A)) return static_cast<T>(static_cast<const std::int32_t*>(p)[offset]);
    else if constexpr (is_bfloat16(A)) return static_cast<T>(static_cast<const Bfloat16*>(p)[offset]);
    else return static_cast<const T*>(p)[offset];
  }
  template <Access A>
  [[gnu::always_inline]] static V read(const void* p, long offset, long stride, long i, First<T> first, V same) {
    if constexpr (movement_of(A) == Access::broadcast) return same;
    else if constexpr (A == Access::contiguous) return first.count == lanes<T> ? load(static_cast<const T*>(p) + offset + i) : load(static_cast<const T*>(p) + offset + i, first);  // a mask takes an eighth of exp's time
    else if constexpr (A == Access::contiguous_bfloat16) return load<T>(static_cast<const Bfloat16*>(p) + offset + i, first);
    else if constexpr (A == Access::contiguous_int) return load_int<T>(static_cast<const std::int32_t*>(p) + offset + i, first);
    else {
      T x[static_cast<std::size_t>(lanes<T>)]{};
      for (int l = 0; l < first.count; ++l) x[l] = number<A>(p, offset + (i + l) * stride);
      return load(x);
    }
  }
  template <class To>
  [[gnu::always_inline]] static void write(To* p, long stride, long i, V value, First<T> first) {
    if constexpr (!StridedOutput) return save(p + i, value, first);
    To x[static_cast<std::size_t>(lanes<T>)];
    save(x, value, First<T>(lanes<T>));
    for (int l = 0; l < first.count; ++l) p[(i + l) * stride] = x[l];
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
