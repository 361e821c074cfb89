// Convolutions and their gradients: products of matrices that are looked up where they lie (implicit GEMM).
#pragma once

#include <tenon/backend/cuda/patches.hpp>
#include <tenon/backend/cuda/product.hpp>

namespace tenon::cuda {

/// Results of the groups of a convolution lie side by side in one row.
template <class Epilogue, int ColumnsOfGroup>
struct FinishGroup {
  static constexpr bool window = false;
  Finish<Epilogue> finish;
  TENON_HOST_DEVICE void operator()(float value, long group, long row, long column) const { finish(value, row, group * ColumnsOfGroup + column); }
};
template <class G, class E, DType Operands>
struct CudaKernel<Convolve<G, E, Operands>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operands>;
    constexpr int columns = G::filters / G::groups;
    run_product<columns>(system, G::groups, call.extent[0] * product_of<typename G::result>, columns, product_of<typename G::size> * (G::channels / G::groups),
                         LeftPatches<G, Number>{{static_cast<const Number*>(call.in[0])}}, RightFilters<G, Number>{static_cast<const Number*>(call.in[1])},
                         FinishGroup<E, columns>{Finish<E>::of(call, 2, G::filters, system.noise())});
  }
};

template <class G, class E, DType Operands>
struct CudaKernel<ConvolveInputGradient<G, E, Operands>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operands>;
    constexpr int columns = G::channels / G::groups;
    run_product<columns>(system, G::groups, call.extent[0] * product_of<typename G::image>, columns, product_of<typename G::size> * (G::filters / G::groups),
                         LeftGradient<G, Number>{static_cast<const Number*>(call.in[0])}, RightKernelTransposed<G, Number>{static_cast<const Number*>(call.in[1])},
                         FinishGroup<E, columns>{Finish<E>::of(call, 2, G::channels, system.noise())});
  }
};

template <class G, bool ColumnSums, DType Operands>
struct CudaKernel<ConvolveKernelGradient<G, ColumnSums, Operands>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operands>;
    constexpr int columns = G::filters / G::groups;
    const long pixels = call.extent[0] * product_of<typename G::result>;
    const auto* const dy = static_cast<const Number*>(call.in[1]);
    run_product<columns>(system, G::groups, product_of<typename G::size> * (G::channels / G::groups), columns, pixels,
                         LeftTransposed<LeftPatches<G, Number>>{{{static_cast<const Number*>(call.in[0])}}}, RightFilters<G, Number>{dy},
                         FinishGroup<NoEpilogue, columns>{Finish<NoEpilogue>::of(call, 2, G::filters, system.noise())});
    if constexpr (ColumnSums) reduce<Op::reduce_sum>(system, dy, static_cast<float*>(call.out[1]), 1, pixels, G::filters);
  }
};

}  // namespace tenon::cuda
