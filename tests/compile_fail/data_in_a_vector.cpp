// expect-error: data_is_an_xtensor<std::.*vector<float
// A std::vector does not say what its axes are.
#include <array>
#include <vector>

#include <tenon/model/tensor_ref.hpp>

namespace tn = tenon;

void fit(const tn::Tensors& x, const tn::Tensors& y);

void train(const std::vector<float>& x, const std::vector<float>& y, std::size_t samples) {
#ifdef TENON_EXPECT_COMPILE_ERROR
  fit(x, y);
#else
  fit(xt::adapt(x, std::array<std::size_t, 2>{samples, 8}), xt::adapt(y, std::array<std::size_t, 2>{samples, 1}));
#endif
}
