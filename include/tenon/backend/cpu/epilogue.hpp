// What is done to a tile of a result before it is stored.
#pragma once

#include <tenon/backend/cpu/evaluate.hpp>
#include <tenon/backend/cpu/lanes.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// A rectangle of a result (a matrix with `width` columns), lying in `values` with rows `stride` apart. Whole vectors are read: there is room for
/// them behind the last row.
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
  static_assert(!uses<Op::batch, Program> && !uses<Op::iota, Program>, "Fusion leaves what asks for the batch or a position to a Map.");

  static void run(const KernelCall& call, const Block<T>& b) {
    const Block<T> block = b;  // and copies of the pointers: a store might change what is read through a reference
    [[maybe_unused]] const void* in[sizeof...(Extra) + 1];
    void* out[sizeof...(Stored)];
    for (std::size_t k = 0; k < sizeof...(Extra); ++k) in[k] = call.in[k + 2];
    for (std::size_t k = 0; k < sizeof...(Stored); ++k) out[k] = call.out[k];
    for (long j = block.column; j < block.column + block.columns; j += lanes<T>) {
      const First<T> first(block.column + block.columns - j);
      V same[sizeof...(Extra) + 1];  // what all rows share
      int k = 0;
      ((same[k] = shared<Extra>(static_cast<const Given<Extra>*>(in[k]), j, first), ++k), ...);
      const T* values = block.values + j - block.column;
      long place = block.row * block.width + j;
      for (long i = block.row; i < block.row + block.rows; ++i, values += block.stride, place += block.width) {
        V r[Program::registers];
        r[0] = load(values);
        k = 0;
        ((r[k + 1] = operand<Extra>(static_cast<const Given<Extra>*>(in[k]), i, place, first, same[k]), ++k), ...);
        Evaluate<T, Program>::run(r, {.position = static_cast<std::uint32_t>(place), .noise = &call.noise});
        k = 0;
        ((save(static_cast<StoredAs<T, Stored>*>(out[k]) + place, r[stored_register(Stored)], first), ++k), ...);
      }
    }
  }

  /// The same for one row of N numbers that are in registers.
  template <int N>
  [[gnu::always_inline]] static void row(const KernelCall& call, const V* values) {
    constexpr int vectors = (N + lanes<T> - 1) / lanes<T>, left = N - (vectors - 1) * lanes<T>;
    [[maybe_unused]] const void* in[sizeof...(Extra) + 1];
    void* out[sizeof...(Stored)];
    for (std::size_t k = 0; k < sizeof...(Extra); ++k) in[k] = call.in[k + 2];
    for (std::size_t k = 0; k < sizeof...(Stored); ++k) out[k] = call.out[k];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; ++v) {
      const long j = v * lanes<T>;
      V r[Program::registers];
      r[0] = values[v];
      int k = 0;
      ((r[k + 1] = v + 1 < vectors ? beside<Extra, lanes<T>>(static_cast<const Given<Extra>*>(in[k]), j) : beside<Extra, left>(static_cast<const Given<Extra>*>(in[k]), j), ++k), ...);
      Evaluate<T, Program>::run(r, {.position = static_cast<std::uint32_t>(j), .noise = &call.noise});
      k = 0;
      ((v + 1 < vectors ? put<lanes<T>>(static_cast<StoredAs<T, Stored>*>(out[k]) + j, r[stored_register(Stored)])
                        : put<left>(static_cast<StoredAs<T, Stored>*>(out[k]) + j, r[stored_register(Stored)]), ++k), ...);
    }
  }

 private:
  template <Operand O>
  using Given = std::conditional_t<(O >= Operand::full_bfloat16), Bfloat16, T>;

  template <Operand O>
  [[gnu::always_inline]] static V shared([[maybe_unused]] const Given<O>* p, [[maybe_unused]] long j, First<T> first) {
    if constexpr (relation_of(O) == Operand::per_column) return load<T>(p + j, first);
    else return V(relation_of(O) == Operand::scalar ? static_cast<T>(*p) : T(0));
  }
  template <Operand O>
  [[gnu::always_inline]] static V operand(const Given<O>* p, long i, long place, First<T> first, V same) {
    if constexpr (relation_of(O) == Operand::full) return load<T>(p + place, first);
    else if constexpr (relation_of(O) == Operand::per_row) return V(static_cast<T>(p[i]));
    else return same;
  }

  /// An operand of the only row.
  template <Operand O, int Count>
  [[gnu::always_inline]] static V beside(const Given<O>* p, [[maybe_unused]] long j) {
    if constexpr (relation_of(O) == Operand::scalar || relation_of(O) == Operand::per_row) return V(static_cast<T>(*p));
    else if constexpr (std::is_same_v<Given<O>, T>) return load_first<Count>(p + j);
    else return load<T>(p + j, First<T>(Count));
  }
  template <int Count, class Result>
  [[gnu::always_inline]] static void put(Result* p, V v) {
    if constexpr (std::is_same_v<Result, T>) save_first<Count, T>(p, v);
    else save(p, v, First<T>(Count));
  }
};

/// An epilogue as a function pointer, so that products and convolutions are compiled once for all of them.
template <class T>
using Finisher = void (*)(const KernelCall& call, const Block<T>& block);

template <class Epilogue>
inline constexpr int stores_of = 0;
template <class Code, class Operands, int... Stored>
inline constexpr int stores_of<Epilogue<Code, Operands, Stores<Stored...>>> = sizeof...(Stored);

/// How many operands an epilogue reads beside the result.
template <class Epilogue>
inline constexpr int extra_of = 0;
template <class Code, Operand... Extra, class Stores>
inline constexpr int extra_of<Epilogue<Code, Operands<Extra...>, Stores>> = sizeof...(Extra);

/// Does each number only meet those that lie where it does, and scalars? Then it does not matter how long rows are.
template <class Epilogue>
inline constexpr bool is_flat = false;
template <class Code, Operand... Extra, class Stores>
inline constexpr bool is_flat<Epilogue<Code, Operands<Extra...>, Stores>> = ((relation_of(Extra) == Operand::full || relation_of(Extra) == Operand::scalar) && ...);

/// Nothing at all is done after the product of NoEpilogue: its tiles are stored where they belong.
template <class E>
inline constexpr bool is_direct = std::is_same_v<E, NoEpilogue>;

}  // namespace tenon::cpu::inline TENON_ISA
