// What is done to a tile of a result before it is stored.
#pragma once

#include <tenon/backend/cpu/evaluate.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// A rectangle of a result (a matrix with `width` columns), lying in `values` with rows `stride` apart.
template <class T>
struct Block {
  const T* values;
  long stride;
  long row, rows, column, columns;
  long width;
};

template <class T, class Epilogue>
struct Finish;

/// Loads the result and the extra operands, runs the code, and stores its registers.
template <class T, int Inputs, class... Instructions, Operand... Extra, int... Stored>
struct Finish<T, Epilogue<Code<Inputs, Instructions...>, Operands<Extra...>, Stores<Stored...>>> {
  using V = Vector<T>;
  using Program = Code<Inputs, Instructions...>;

  static void run(const KernelCall& call, long batch, const Block<T>& block) {
    for (long i = block.row; i < block.row + block.rows; ++i) {
      const long start = i * block.width;
      const T* values = block.values + (i - block.row) * block.stride - block.column;
      Site site{&i, 1, 0, 0, batch, &call.noise};
      for (long j = block.column; j < block.column + block.columns; j += lanes<T>) {
        const First<T> first(block.column + block.columns - j);
        V r[Program::registers];
        r[0] = load(values + j, first);
        int k = 0;
        ((r[k + 1] = operand<Extra>(static_cast<const T*>(call.in[k + 2]), i, j, start, first), ++k), ...);
        site.column = j;
        site.position = static_cast<std::uint32_t>(start + j);
        Evaluate<T, Program>::run(r, site);
        k = 0;
        ((save(static_cast<T*>(call.out[k]) + start + j, r[Stored], first), ++k), ...);
      }
    }
  }

 private:
  template <Operand O>
  [[gnu::always_inline]] static V operand(const T* p, long i, long j, long start, First<T> first) {
    if constexpr (O == Operand::full) return load(p + start + j, first);
    else if constexpr (O == Operand::per_column) return load(p + j, first);
    else return V(p[O == Operand::per_row ? i : 0]);
  }
};

/// An epilogue as a function pointer, so that products and convolutions are compiled once for all of them.
template <class T>
using Finisher = void (*)(const KernelCall& call, long batch, const Block<T>& block);

template <class Epilogue>
inline constexpr int stores_of = 0;
template <class Code, class Operands, int... Stored>
inline constexpr int stores_of<Epilogue<Code, Operands, Stores<Stored...>>> = sizeof...(Stored);

/// Nothing at all is done after the product of NoEpilogue: its tiles are stored where they belong.
template <class E>
inline constexpr bool is_direct = std::is_same_v<E, NoEpilogue>;

}  // namespace tenon::cpu::inline TENON_ISA
