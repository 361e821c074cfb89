// Two small networks, one sample at a time: what script/check_hot_path looks at.
#include <tenon/tenon.hpp>

namespace tn = tenon;

struct Narrow : tn::Sequential<tn::Input<8>, tn::Dense<16, tn::ReLU>, tn::Dense<16, tn::ReLU>, tn::Dense<1>> {};
struct Wide : tn::Sequential<tn::Input<16>, tn::Dense<64, tn::ReLU>, tn::Dense<64, tn::ReLU>, tn::Dense<10>> {};

[[gnu::flatten]] void narrow(tn::Inference<Narrow>& net, const std::array<float, 8>& x, std::array<float, 1>& y) { net(x, y); }
[[gnu::flatten]] void wide(tn::Inference<Wide>& net, const std::array<float, 16>& x, std::array<float, 10>& y) { net(x, y); }
