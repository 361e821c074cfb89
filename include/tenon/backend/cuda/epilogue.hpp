// What is done to one number of a result before it is stored.
#pragma once

#include <tenon/backend/cuda/evaluate.hpp>

namespace tenon::cuda {

template <class Epilogue>
struct Finish;

/// Loads the extra operands beside the result at (row, column), runs the code, and stores its registers. Operands and outputs of
/// several matrices lie one after the other, so a row counts through all of them.
template <int Inputs, class... Instructions, Operand... Extra, int... Stored>
struct Finish<Epilogue<Code<Inputs, Instructions...>, Operands<Extra...>, Stores<Stored...>>> {
  using Program = Code<Inputs, Instructions...>;
  static_assert(!uses<Op::batch, Program> && !uses<Op::iota, Program>, "Fusion leaves what asks for the batch or a position to a Map.");
  static constexpr int stores = sizeof...(Stored);
  const void* in[sizeof...(Extra) + 1];
  void* out[sizeof...(Stored)];
  long width;
  const Noise* noise;

  /// `first`: which of the kernel's inputs is the first extra operand.
  static Finish of(const KernelCall& call, int first, long width, const Noise* noise) {
    Finish f{};
    for (int k = 0; k < static_cast<int>(sizeof...(Extra)); ++k) f.in[k] = call.in[first + k];
    for (int k = 0; k < stores; ++k) f.out[k] = call.out[k];
    f.width = width;
    f.noise = noise;
    return f;
  }

  TENON_HOST_DEVICE void operator()(float value, long row, long column) const {
    run(value, row, column, std::make_integer_sequence<int, sizeof...(Extra)>{}, std::make_integer_sequence<int, sizeof...(Stored)>{});
  }

 private:
  template <int... K, int... O>
  TENON_HOST_DEVICE void run(float value, long row, long column, std::integer_sequence<int, K...>, std::integer_sequence<int, O...>) const {
    const long place = row * width + column;
    float r[Program::registers];
    r[0] = value;
    ((r[K + 1] = read<Extra>(in[K], row, column, place)), ...);
    Evaluate<Program>::run(r, {nullptr, static_cast<std::uint32_t>(place), noise, 0});
    ((static_cast<StoredAs<Stored>*>(out[O])[place] = StoredAs<Stored>(r[stored_register(Stored)])), ...);
  }
  template <Operand O>
  TENON_HOST_DEVICE static float read(const void* p, [[maybe_unused]] long row, [[maybe_unused]] long column, [[maybe_unused]] long place) {
    constexpr Operand lying = Operand(int(O) % 4);
    const long at = lying == Operand::full ? place : lying == Operand::per_column ? column : lying == Operand::per_row ? row : 0;
    if constexpr (O >= Operand::full_bfloat16) return static_cast<float>(static_cast<const Bfloat16*>(p)[at]);
    else return static_cast<const float*>(p)[at];
  }
};

/// How many outputs an epilogue has.
template <class Epilogue>
inline constexpr int stores_of = Finish<Epilogue>::stores;

}  // namespace tenon::cuda
