// dlib, with its library: convolutions 32 and 64, each with a pool, 128, 10; one step of Adam.
#include <dlib/dnn.h>

#include <vector>

template <int Filters, class Below>
using Conv = dlib::relu<dlib::add_layer<dlib::con_<Filters, 3, 3, 1, 1, 0, 0>, Below>>;
template <class Below>
using Pool = dlib::max_pool<2, 2, 2, 2, Below>;

using Net = dlib::loss_multiclass_log<
    dlib::fc<10,
    dlib::relu<dlib::fc<128,
    Pool<Conv<64,
    Pool<Conv<32,
    dlib::input<dlib::matrix<float>>>>>>>>>>;

int main() {
  dlib::matrix<float> image(28, 28);
  image = 1;
  const std::vector<dlib::matrix<float>> x(32, image);
  const std::vector<unsigned long> y(32, 0);
  Net net;
  dlib::dnn_trainer<Net, dlib::adam> trainer(net, dlib::adam(0, 0.9f, 0.999f));
  trainer.set_learning_rate(0.001);
  trainer.train_one_step(x, y);
  trainer.get_net();
  return net(x).size() == 32 ? 0 : 1;
}
